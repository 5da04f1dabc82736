namespace Moderation.Data.Schema;

/// <summary>How far a source has been read and committed.</summary>
public sealed class Checkpoint
{
    public int SourceId { get; set; }

    /// <summary>The source's own position; opaque to everyone else.</summary>
    public required string Position { get; set; }

    public DateTimeOffset At { get; set; }
}
