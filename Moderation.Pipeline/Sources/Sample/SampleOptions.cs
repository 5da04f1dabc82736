namespace Moderation.Pipeline.Sources.Sample;

/// <summary>Settings of the built-in sample source.</summary>
public sealed record SampleOptions
{
    public string Name { get; init; } = SampleCorpus.Name;

    /// <summary>Comments a second.</summary>
    public double Rate { get; init; } = 5;

    /// <summary>Begin again, with fresh ids, when all has been streamed.</summary>
    public bool Loop { get; init; }

    /// <summary>Another seed streams in another order.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Most comments in a batch.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>How long comments are gathered for a batch.</summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMilliseconds(100);
}
