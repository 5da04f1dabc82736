namespace Moderation.Data.Schema;

/// <summary>How far somebody has announced the outbox.</summary>
public sealed class OutboxReader
{
    public required string Name { get; set; }

    /// <summary>The last event that was announced.</summary>
    public long Position { get; set; }
}
