using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>Settings of a file source.</summary>
public sealed record FileSourceOptions
{
    public required string Name { get; init; }

    public required string Path { get; init; }

    public CommentFileOptions Columns { get; init; } = new();

    /// <summary>Comments a second; null means as fast as the flow takes them.</summary>
    public double? Rate { get; init; }

    /// <summary>Most comments in a batch.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>With a rate: how long comments are gathered for a batch.</summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMilliseconds(100);
}

/// <summary>Reads comments from a CSV, TSV or NDJSON file.</summary>
/// <remarks>
/// A position is the number of records read and a fingerprint of the file's beginning: a file that grew goes on where
/// it stopped, another file under the same name is refused rather than mixed in.
/// </remarks>
public sealed class FileSource(FileSourceOptions options, TimeProvider time) : ICommentSource
{
    private const int FingerprintedBytes = 64 * 1024;

    public string Name => options.Name;

    public async IAsyncEnumerable<CommentBatch> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var fingerprint = FingerprintNow();
        long skip = 0;
        if (after is { } position)
        {
            skip = Resume(position, fingerprint);
        }

        var started = time.GetTimestamp();
        long paced = 0;
        var batchSize = options.Rate is { } rate
            ? Math.Clamp((int)(rate * options.BatchDelay.TotalSeconds), 1, options.BatchSize)
            : options.BatchSize;
        var comments = new List<IncomingComment>(batchSize);
        var deadLetters = new List<DeadLetter>();
        long last = skip;
        foreach (var record in CommentFile.Read(options.Path, options.Columns))
        {
            if (record.Number <= skip)
            {
                continue;
            }

            last = record.Number;
            Sort(record, comments, deadLetters);
            if (comments.Count + deadLetters.Count >= batchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                paced += batchSize;
                yield return Take(last);
                await PaceAsync(started, paced, cancellationToken);
            }
        }

        if (comments.Count + deadLetters.Count > 0)
        {
            yield return Take(last);
        }

        CommentBatch Take(long number)
        {
            var batch = new CommentBatch(options.Name, [.. comments])
            {
                DeadLetters = [.. deadLetters],
                Position = new SourcePosition(string.Create(CultureInfo.InvariantCulture, $"{number} {fingerprint.Length} {fingerprint.Hash}")),
            };
            comments.Clear();
            deadLetters.Clear();
            return batch;
        }
    }

    private static void Sort(FileRecord record, List<IncomingComment> comments, List<DeadLetter> deadLetters)
    {
        if (record.Row is not { } row)
        {
            deadLetters.Add(record.DeadLetter!);
        }
        else if (row.TryToComment(out var comment, out var reason))
        {
            comments.Add(comment);
        }
        else
        {
            deadLetters.Add(DeadLetter.Create(row.Place, reason, row.Body));
        }
    }

    private async ValueTask PaceAsync(long started, long paced, CancellationToken cancellationToken)
    {
        if (options.Rate is { } rate)
        {
            var ahead = TimeSpan.FromSeconds(paced / rate) - time.GetElapsedTime(started);
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead, time, cancellationToken);
            }
        }
    }

    private long Resume(SourcePosition position, (int Length, string Hash) now)
    {
        var parts = position.Value.Split(' ');
        if (parts.Length != 3
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            throw new SourceException($"The stored position '{position.Value}' of source {Name} is not one of a file.");
        }

        // The beginning that was there at the checkpoint must still be there; the file may have grown behind it.
        if (length > now.Length || Fingerprint(length).Hash != parts[2])
        {
            throw new SourceException(
                $"{options.Path} is not the file that source {Name} read before: it begins differently. Give it a name of its own with --source NAME.");
        }

        return number;
    }

    private (int Length, string Hash) FingerprintNow() => Fingerprint(FingerprintedBytes);

    private (int Length, string Hash) Fingerprint(int bytes)
    {
        using var stream = CommentFile.Open(options.Path);
        var head = new byte[bytes];
        var length = stream.ReadAtLeast(head, bytes, throwOnEndOfStream: false);
        return (length, Convert.ToHexStringLower(SHA256.HashData(head.AsSpan(0, length)))[..16]);
    }
}
