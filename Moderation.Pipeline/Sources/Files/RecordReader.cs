namespace Moderation.Pipeline.Sources.Files;

/// <summary>Reads a file of one form record by record. What it shows is valid until the next <see cref="Read"/>.</summary>
internal abstract class RecordReader : IDisposable
{
    /// <summary>Longest record, in bytes of UTF-8: memory is bounded by it.</summary>
    public const int LongestRecord = 32 * 1024 * 1024;

    /// <summary>Bytes that are asked of the file at once.</summary>
    public const int BufferSize = 1 << 16;

    /// <summary>1 for the first record behind the header, broken ones counted too.</summary>
    public long Number { get; protected set; }

    /// <summary>The line in which the record begins; 1 for the first of the file.</summary>
    public long Line { get; protected set; }

    /// <summary>Where the record begins, in bytes from the file's beginning.</summary>
    public long Offset { get; protected set; }

    /// <summary>The record; null when it is broken.</summary>
    public CommentRow? Row { get; protected set; }

    /// <summary>What is wrong with a broken record; empty for a whole one.</summary>
    public string Problem { get; protected set; } = "";

    /// <summary>The record's bytes without its line end.</summary>
    public abstract ReadOnlySpan<byte> Raw { get; }

    /// <summary>The header line; null for forms that have none.</summary>
    public virtual string? Header => null;

    public abstract DeadLetterForm Form { get; }

    /// <summary>Goes to the next record; false at the end.</summary>
    /// <exception cref="SourceException">The rest cannot be read.</exception>
    public abstract bool Read();

    public virtual void Dispose()
    {
    }
}
