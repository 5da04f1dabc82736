using Moderation.Pipeline.Flow;

namespace Moderation.Web.Api;

/// <summary>The pipeline's figures since the program started.</summary>
/// <param name="Committed">New, edited and withdrawn comments; duplicates are counted apart.</param>
/// <param name="RatePerSecond">Committed a second, over the last ten seconds.</param>
public sealed record StatsDocument(
    long Received, long Scored, long Flagged, long Committed, long Duplicates, long Edited, long Late, long Clamped, long DeadLettered,
    double RatePerSecond, LatencyDocument LatencyMs, IReadOnlyList<QueueFill> Queues, IReadOnlyList<SourceDocument> Sources,
    DateTimeOffset? LastCommitAt, string? Model, string? Problem);

/// <summary>From received to committed, in milliseconds; null before the first commit.</summary>
public sealed record LatencyDocument(double? P50, double? P99);

/// <param name="Lag">Seconds between now and the newest event time.</param>
public sealed record SourceDocument(
    string Name, string State, double? Lag, DateTimeOffset? Watermark, long Received, double RatePerSecond, string? Position, string? Problem);

/// <summary>Reads the figures off the running pipeline.</summary>
internal sealed class StatsSource(PipelineStatistics statistics, ModerationFlow flow, Pipeline.Models.Registry.LiveModel live)
{
    public StatsDocument Read()
    {
        var figures = statistics.Read();
        return new StatsDocument(
            figures.Received, figures.Scored, figures.Flagged, figures.Committed, figures.Duplicates, figures.Edited, figures.Late,
            figures.Clamped, figures.DeadLettered, Math.Round(figures.RatePerSecond, 1),
            new LatencyDocument(Round(figures.LatencyP50), Round(figures.LatencyP99)), flow.Queues,
            [.. figures.Sources.Select(source => new SourceDocument(
                source.Name, source.State.ToString().ToLowerInvariant(), Round(source.Lag?.TotalSeconds), source.Watermark, source.Received,
                Math.Round(source.RatePerSecond, 1), source.Position, source.Problem))],
            figures.LastCommit, live.Current?.Version, flow.Problem);
    }

    private static double? Round(double? value) => value is { } known ? Math.Round(known, 1) : null;
}
