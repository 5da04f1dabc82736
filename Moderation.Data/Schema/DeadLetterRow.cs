namespace Moderation.Data.Schema;

/// <summary>An input that could not become a comment.</summary>
public sealed class DeadLetterRow
{
    public long Id { get; set; }

    public int SourceId { get; set; }

    /// <summary>Where it stands in its source, in words.</summary>
    public required string Place { get; set; }

    public required string Reason { get; set; }

    public required string Original { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>How <see cref="Original"/> is to be read.</summary>
    public int Form { get; set; }

    /// <summary>The header line of a delimited file.</summary>
    public string? Header { get; set; }

    /// <summary>The record's number in its file, which is its id where it has none; 0 where there is none.</summary>
    public long Number { get; set; }

    /// <summary>The column that a person named for the text.</summary>
    public string? TextColumn { get; set; }

    /// <summary>The original was too long to be kept whole, and cannot be replayed.</summary>
    public bool Cut { get; set; }

    /// <summary>How often it was tried again in vain.</summary>
    public int Attempts { get; set; }

    /// <summary>When it became a comment after all, or a person let it go; null while it waits.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>The comment that it became.</summary>
    public long? CommentId { get; set; }
}
