using Moderation.Pipeline.Sources;

namespace Moderation.Pipeline.Flow.Supervision;

/// <summary>What is kept about a source.</summary>
/// <param name="Paused">A person stopped it.</param>
/// <param name="Position">Where it goes on; null before its first checkpoint.</param>
/// <param name="CheckpointAt">When that was committed.</param>
public sealed record SourceRecord(bool Paused, SourcePosition? Position, DateTimeOffset? CheckpointAt)
{
    /// <summary>A source that nothing is known about.</summary>
    public static SourceRecord New { get; } = new(false, null, null);
}
