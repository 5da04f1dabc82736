using Moderation.Pipeline.Sources.Files;

namespace Moderation.Pipeline.Sources;

/// <summary>
/// An input that could not become a comment, kept with its reason and with all that is needed to read it again without
/// its file (<see cref="DeadLetterParser"/>).
/// </summary>
/// <param name="Place">Where it stands in its source, in words a person can follow ("line 42").</param>
/// <param name="Reason">One sentence: what is wrong with it.</param>
/// <param name="Original">The raw input, at most <see cref="MaxOriginalLength"/> UTF-16 units of it.</param>
public sealed record DeadLetter(string Place, string Reason, string Original)
{
    /// <summary>Longest original that is kept, in UTF-16 units; a broken row can be as large as its file.</summary>
    public const int MaxOriginalLength = 1_000_000;

    /// <summary>Longest header line that is kept beside it, in UTF-16 units.</summary>
    public const int MaxHeaderLength = 64 * 1024;

    /// <summary>How <see cref="Original"/> is written.</summary>
    public DeadLetterForm Form { get; init; }

    /// <summary>The header line of a CSV or TSV file, without its line end; null for other forms.</summary>
    public string? Header { get; init; }

    /// <summary>Its record number in the file, from 1, which is the id of a row that has none; 0 where it has an id of its own.</summary>
    public long Record { get; init; }

    /// <summary>The column that a person named as the text; null when it is guessed.</summary>
    public string? TextColumn { get; init; }

    /// <summary>The original or its header was too long and is not whole: it can be looked at, and not read again.</summary>
    public bool Cut { get; init; }

    /// <summary>Keeps an input of no known form.</summary>
    public static DeadLetter Create(string place, string reason, string original)
    {
        ArgumentNullException.ThrowIfNull(original);
        var whole = original.Length <= MaxOriginalLength;
        return new DeadLetter(place, reason, whole ? original : original[..MaxOriginalLength]) { Cut = !whole };
    }

    /// <summary>Keeps a comment that was read and then could not be scored or stored; read again, it is an equal comment.</summary>
    public static DeadLetter FromComment(IncomingComment comment, string place, string reason)
    {
        ArgumentNullException.ThrowIfNull(comment);
        return Create(place, reason, CommentLine.Write(comment)) with { Form = DeadLetterForm.Ndjson };
    }

    /// <summary>Keeps a record of a file.</summary>
    /// <param name="original">Its bytes: UTF-8, or Windows-1252 where they are none.</param>
    internal static DeadLetter FromRecord(ReadOnlySpan<byte> original, string place, string reason)
    {
        // No character has fewer UTF-16 units than a fourth of its bytes: what lies behind is cut in any case.
        const int LongestInBytes = 4 * MaxOriginalLength;
        var letter = Create(place, reason, Windows1252Fallback.Encoding.GetString(original[..Math.Min(original.Length, LongestInBytes)]));
        return original.Length > LongestInBytes ? letter with { Cut = true } : letter;
    }
}
