using Moderation.Data.Reading;
using Moderation.Data.Searching;
using Moderation.Pipeline.Flow;

namespace Moderation.Web.Api;

/// <summary>The pipeline's figures since the program started.</summary>
/// <param name="Committed">New, edited and withdrawn comments; duplicates are counted apart.</param>
/// <param name="RatePerSecond">Committed a second, over the last ten seconds.</param>
public sealed record StatsDocument(
    long Received, long Scored, long Flagged, long Committed, long Duplicates, long Edited, long Late, long Clamped, long DeadLettered,
    double RatePerSecond, LatencyDocument LatencyMs, IReadOnlyList<QueueFill> Queues, IReadOnlyList<SourceDocument> Sources,
    DateTimeOffset? LastCommitAt, string? Model, string? Problem)
{
    /// <summary>Inputs that entered a second, over the last ten seconds.</summary>
    public double ReceivedPerSecond { get; init; }

    /// <summary>Comments that were scored a second, over the last ten seconds.</summary>
    public double ScoredPerSecond { get; init; }

    /// <summary>How far event time has come: the least watermark of the sources that are not idle.</summary>
    public DateTimeOffset? Watermark { get; init; }

    public required StorageFigures Storage { get; init; }

    /// <summary>How far the full-text index has come behind the commits.</summary>
    public required SearchFigures Search { get; init; }
}

/// <summary>From received to committed in the recent past, in milliseconds; null before the first commit.</summary>
public sealed record LatencyDocument(double? P50, double? P90, double? P99, double? Max);

/// <param name="State">starting, running, paused, waiting (for the next try), finished, stopped or failed.</param>
/// <param name="Lag">Seconds between now and the newest event time.</param>
/// <param name="Watermark">How far event time has come.</param>
/// <param name="Position">The last checkpoint, in the source's own form.</param>
public sealed record SourceDocument(
    string Name, string State, double? Lag, DateTimeOffset? Watermark, long Received, double RatePerSecond, string? Position, string? Problem)
{
    /// <summary>Nothing came for <see cref="PipelineOptions.IdleMilliseconds"/>.</summary>
    public bool Idle { get; init; }

    /// <summary>It can be paused, resumed and rewound.</summary>
    public bool Controllable { get; init; }

    public long Late { get; init; }

    public long DeadLettered { get; init; }

    public DateTimeOffset? CheckpointAt { get; init; }

    /// <summary>When it is tried again; null unless it waits for that.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}

/// <summary>Reads the figures off the running pipeline.</summary>
internal sealed class StatsSource(
    PipelineStatistics statistics, ModerationFlow flow, Pipeline.Models.Registry.LiveModel live, StorageReader storage, SearchStatus search)
{
    public StatsDocument Read()
    {
        var figures = statistics.Read();
        return new StatsDocument(
            figures.Received, figures.Scored, figures.Flagged, figures.Committed, figures.Duplicates, figures.Edited, figures.Late,
            figures.Clamped, figures.DeadLettered, Math.Round(figures.RatePerSecond, 1),
            new LatencyDocument(Round(figures.LatencyP50), Round(figures.LatencyP90), Round(figures.LatencyP99), Round(figures.LatencyMax)),
            flow.Queues, [.. figures.Sources.Select(Describe)], figures.LastCommit, live.Current?.Version, flow.Problem)
        {
            ReceivedPerSecond = Math.Round(figures.ReceivedPerSecond, 1),
            ScoredPerSecond = Math.Round(figures.ScoredPerSecond, 1),
            Watermark = figures.Watermark,
            Storage = storage.Read(),
            Search = search.Read(),
        };
    }

    private SourceDocument Describe(SourceFigures source) => new(
        source.Name, source.State.ToString().ToLowerInvariant(), Round(source.Lag?.TotalSeconds), source.Watermark, source.Received,
        Math.Round(source.RatePerSecond, 1), source.Position, source.Problem)
    {
        Idle = source.Idle,
        Controllable = source.Supervised,
        Late = source.Late,
        DeadLettered = source.DeadLettered,
        CheckpointAt = source.CheckpointAt,
        RetryAt = source.RetryAt,
    };

    private static double? Round(double? value) => value is { } known ? Math.Round(known, 1) : null;
}
