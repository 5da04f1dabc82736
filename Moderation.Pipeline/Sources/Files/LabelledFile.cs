using Moderation.Pipeline.Models.Training;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>The labelled rows of a file, and what could not be used of it.</summary>
public sealed record LabelledFile(IReadOnlyList<LabelledComment> Rows, IReadOnlyList<DeadLetter> Unreadable)
{
    /// <summary>Reads a whole file for training or evaluation.</summary>
    /// <exception cref="SourceException">The file cannot be read, or has no text or label column.</exception>
    public static LabelledFile Read(string path, string? bodyColumn, string? labelColumn, CancellationToken cancellationToken)
    {
        var rows = new List<LabelledComment>();
        var unreadable = new List<DeadLetter>();
        var options = new CommentFileOptions { BodyColumn = bodyColumn, LabelColumn = labelColumn, LabelRequired = true };
        using var stream = CommentFile.Open(path);
        using var reader = CommentFileReader.Open(stream, path, options);
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = reader.Current;
            if (record.Row is not { } row)
            {
                unreadable.Add(record.DeadLetter!);
            }
            else if (row.TryGetLabel(out var removed))
            {
                rows.Add(new LabelledComment(row.Body, removed, row[CommentColumn.Community]));
            }
            else
            {
                unreadable.Add(reader.ToDeadLetter($"'{row[CommentColumn.Label]}' is not a label; 1 (removed) and 0 (kept) are."));
            }
        }

        return new LabelledFile(rows, unreadable);
    }
}
