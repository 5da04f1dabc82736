using System.ComponentModel.DataAnnotations;

using Moderation.Pipeline.Windows;

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

    /// <summary>Longest that a commit waits for the next batch to be scored while it has not reached <see cref="CommitSize"/>, in milliseconds.</summary>
    [Range(0, 60_000)]
    public int CommitDelayMilliseconds { get; set; } = 10;

    /// <summary>How far behind the newest comment of its source another may come without holding windows up, in milliseconds.</summary>
    [Range(0, 86_400_000)]
    public int OutOfOrdernessMilliseconds { get; set; } = 60_000;

    /// <summary>How far ahead of our clock an event time may be before it is set to the time of receipt, in milliseconds.</summary>
    [Range(0, 86_400_000)]
    public int FutureSkewMilliseconds { get; set; } = 300_000;

    /// <summary>How long a source may send nothing before it counts as idle, in milliseconds.</summary>
    [Range(1, 86_400_000)]
    public int IdleMilliseconds { get; set; } = 60_000;

    /// <summary>How long behind its watermark a window still takes comments and is corrected, in milliseconds; later ones are late.</summary>
    [Range(0, 7 * 86_400_000)]
    public int LatenessMilliseconds { get; set; } = 600_000;

    /// <summary>The windows: five minutes, one of them beginning each minute, as sums of panes of a minute.</summary>
    public WindowOptions Windows => new()
    {
        OutOfOrderness = TimeSpan.FromMilliseconds(OutOfOrdernessMilliseconds),
        Lateness = TimeSpan.FromMilliseconds(LatenessMilliseconds),
    };
}
