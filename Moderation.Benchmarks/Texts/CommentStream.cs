using System.Text.Json;

using Moderation.Pipeline.Models.Training;

namespace Moderation.Benchmarks.Texts;

/// <summary>NDJSON as other programs write it: an id and a body a line.</summary>
internal static class CommentStream
{
    /// <summary>Different comments; then they begin again, with other ids.</summary>
    private const int Different = 20_000;

    /// <summary>Writes a file of about this size.</summary>
    /// <returns>Bytes written.</returns>
    public static long Write(string path, long bytes, CancellationToken stop)
    {
        var comments = new CommentGenerator(seed: 2).Take(Different).ToList();
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        for (long row = 0; file.Position < bytes; row++)
        {
            stop.ThrowIfCancellationRequested();
            file.Write(Line(row, comments[(int)(row % comments.Count)]));
        }

        return file.Position;
    }

    private static byte[] Line(long row, LabelledComment comment) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(new { id = row, body = comment.Body }), (byte)'\n'];
}
