namespace Moderation.Pipeline.Sources.History;

/// <summary>Settings of a history source.</summary>
public sealed record HistorySourceOptions
{
    /// <summary>Comments a second; null means as fast as the flow takes them.</summary>
    public double? Rate { get; init; }

    /// <summary>Most comments in a batch.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>With a rate: how long comments are gathered for a batch.</summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMilliseconds(100);
}
