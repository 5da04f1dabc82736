using System.ComponentModel.DataAnnotations;

namespace Moderation.Pipeline.Flow;

/// <summary>Settings under <c>Moderation:Pipeline</c>.</summary>
public sealed class PipelineOptions
{
    public const string Section = "Moderation:Pipeline";

    /// <summary>Most comments in a batch.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 256;

    /// <summary>How long a source with a rate gathers comments for a batch, in milliseconds; one without never waits.</summary>
    [Range(1, 60_000)]
    public int BatchDelayMilliseconds { get; set; } = 100;

    /// <summary>Most batches under way between the sources and the commit. When they are all taken, sources wait and HTTP callers get 503.</summary>
    [Range(1, 10_000)]
    public int ChannelCapacity { get; set; } = 32;

    /// <summary>Scoring workers; 0 means one for each processor.</summary>
    [Range(0, 256)]
    public int ScoringWorkers { get; set; }

    /// <summary>Most comments in one transaction.</summary>
    [Range(1, 100_000)]
    public int CommitSize { get; set; } = 2_000;

    /// <summary>How far behind the newest event a comment may come before it counts as late, in milliseconds.</summary>
    [Range(0, 86_400_000)]
    public int OutOfOrdernessMilliseconds { get; set; } = 60_000;

    /// <summary>How far ahead of our clock an event time may be before it is set to the time of receipt, in milliseconds.</summary>
    [Range(0, 86_400_000)]
    public int FutureSkewMilliseconds { get; set; } = 300_000;

    /// <summary>How long a source may send nothing before it counts as idle, in milliseconds.</summary>
    [Range(1, 86_400_000)]
    public int IdleMilliseconds { get; set; } = 60_000;
}
