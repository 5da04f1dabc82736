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
}
