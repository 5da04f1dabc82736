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
/// it stopped, another file under the same name is refused rather than mixed in. A last line without a line end may
/// still be growing: it is read, and the position stays before it, so that the next run looks at it again.
/// </remarks>
public sealed class FileSource(FileSourceOptions options, TimeProvider time) : IGrowingSource
{
    private const int FingerprintedBytes = 64 * 1024;

    /// <summary>Characters at which a batch is full however few its comments, so that memory is bounded.</summary>
    private const int MostCharacters = 1_000_000;

    public string Name => options.Name;

    /// <summary>Length and time of the last write.</summary>
    public string? Look()
    {
        var file = new FileInfo(options.Path);
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}") : null;
    }

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
        long characters = 0;
        using var stream = CommentFile.Open(options.Path);
        using var records = CommentFile.Read(stream, options.Path, options.Columns).GetEnumerator();
        for (var more = records.MoveNext(); more;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = records.Current;

            // One ahead: only then is it known whether this record is the last.
            more = records.MoveNext();
            if (record.Number <= skip)
            {
                continue;
            }

            characters += Sort(record, comments, deadLetters);
            var count = comments.Count + deadLetters.Count;
            if (!more)
            {
                yield return Take(EndsWithLine(stream) ? record.Number : record.Number - 1);
            }
            else if (count >= batchSize || characters >= MostCharacters)
            {
                paced += count;
                characters = 0;
                yield return Take(record.Number);
                await PaceAsync(started, paced, cancellationToken);
            }
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

    /// <returns>The characters of the text.</returns>
    private static int Sort(FileRecord record, List<IncomingComment> comments, List<DeadLetter> deadLetters)
    {
        var letter = record.DeadLetter;
        if (record.Row is { } row)
        {
            if (row.TryToComment(out var comment, out var reason))
            {
                comments.Add(comment);
                return comment.Body.Length;
            }

            letter = DeadLetter.Create(row.Place, reason, row.Body);
        }

        deadLetters.Add(letter!);
        return letter!.Original.Length;
    }

    /// <summary>Whether what was read of the file, which may have grown since, ends with a line end.</summary>
    private static bool EndsWithLine(FileStream stream)
    {
        Span<byte> mark = stackalloc byte[2], end = stackalloc byte[2];
        var read = stream.Position;
        if (read < 2)
        {
            return false;
        }

        stream.Position = 0;
        stream.ReadExactly(mark);
        stream.Position = read - 2;
        stream.ReadExactly(end);
        var unit = mark switch
        {
            [0xFF, 0xFE] => end[0] | (end[1] << 8),
            [0xFE, 0xFF] => (end[0] << 8) | end[1],
            _ => end[1],
        };
        return unit is '\n' or '\r';
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
