using System.Collections.Concurrent;

using Microsoft.Extensions.Options;

using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Windows;

namespace Moderation.Pipeline.Flow;

/// <summary>What the flow has done since the program started.</summary>
public sealed record PipelineFigures(
    long Received, long Scored, long Flagged, long Committed, long Duplicates, long Edited, long Late, long Clamped,
    long DeadLettered, double RatePerSecond, double? LatencyP50, double? LatencyP99,
    DateTimeOffset? LastCommit, IReadOnlyList<SourceFigures> Sources)
{
    /// <summary>Inputs that entered a second, over the last ten seconds.</summary>
    public double ReceivedPerSecond { get; init; }

    /// <summary>Comments that were scored a second, over the last ten seconds.</summary>
    public double ScoredPerSecond { get; init; }

    /// <summary>The least watermark of the sources that are not idle; null until each of them has had a comment.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>From received to committed, in milliseconds.</summary>
    public double? LatencyP90 { get; init; }

    /// <summary>The longest of the recent past, in milliseconds; the upper edge of its bucket.</summary>
    public double? LatencyMax { get; init; }
}

/// <summary>What a source is doing.</summary>
public enum SourceState
{
    Starting,
    Running,

    /// <summary>A person stopped it.</summary>
    Paused,

    /// <summary>It failed and is tried again.</summary>
    Waiting,

    /// <summary>It has no more; a file that grows is read on.</summary>
    Finished,

    /// <summary>The program is shutting down.</summary>
    Stopped,

    /// <summary>It failed and is not tried again: a command was reading it.</summary>
    Failed,
}

/// <param name="Lag">Time between now and the newest event time; null before the first event.</param>
/// <param name="Watermark">How far event time has come; null before the first event.</param>
/// <param name="Late">How many comments came too late for every window.</param>
/// <param name="Received">Inputs since the program started, unreadable ones and repeats included.</param>
/// <param name="Position">Its last checkpoint, in its own form; null before the first.</param>
/// <param name="Problem">Why it failed, in a sentence; null unless it did.</param>
public sealed record SourceFigures(
    string Name, SourceState State, TimeSpan? Lag, DateTimeOffset? Watermark, long Received, long Late,
    double RatePerSecond, string? Position, string? Problem)
{
    /// <summary>When it is tried again; null unless it waits for that.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>When the last checkpoint was made.</summary>
    public DateTimeOffset? CheckpointAt { get; init; }

    /// <summary>Inputs that became dead letters since the program started.</summary>
    public long DeadLettered { get; init; }

    /// <summary>Nothing came for <see cref="PipelineOptions.IdleMilliseconds"/>: it holds back nobody's watermark.</summary>
    public bool Idle { get; init; }

    /// <summary>It runs by itself, and people can pause, resume and rewind it.</summary>
    public bool Supervised { get; init; }
}

/// <summary>Counts what passes. All members are safe to call from any thread.</summary>
/// <remarks>
/// Totals, rates and latencies are those of comments that come in. History that is scored once more counts in the meter
/// of its own source alone: at a hundred times the stream's rate it would hide what that does.
/// </remarks>
public sealed class PipelineStatistics(IOptions<PipelineOptions> options, TimeProvider time)
{
    /// <summary>Most sources that are metered apart.</summary>
    public const int MostSources = 200;

    private const string OtherSources = "(others)";

    private readonly RateMeter _receivedRate = new(time);
    private readonly RateMeter _scoredRate = new(time);
    private readonly RateMeter _rate = new(time);
    private readonly LatencyHistogram _latency = new();
    private readonly ConcurrentDictionary<string, SourceMeter> _sources = new(StringComparer.Ordinal);
    private readonly Lock _eventTimeLock = new();
    private readonly CombinedWatermark _eventTime = new();
    private long _received;
    private long _scored;
    private long _flagged;
    private long _committed;
    private long _duplicates;
    private long _edited;
    private long _late;
    private long _clamped;
    private long _deadLettered;
    private long _lastCommit;

    /// <summary>The meter of a source. Callers of the API choose their names: past the limit they share one meter.</summary>
    public SourceMeter Source(string name) =>
        _sources.TryGetValue(name, out var known) ? known
        : _sources.GetOrAdd(_sources.Count < MostSources ? name : OtherSources, Meter);

    /// <summary>Comments committed in each whole second of the last two minutes, oldest first; duplicates are none.</summary>
    public IReadOnlyList<long> CommitHistory => _rate.History();

    /// <summary>How the latencies of the recent past are spread, from the shortest to the longest that occurred.</summary>
    public IReadOnlyList<LatencyBucket> LatencyBuckets => _latency.Buckets();

    internal void Received(CommentBatch batch)
    {
        Source(batch.Source).Received(batch.Read);
        if (batch.Rescoring is not null)
        {
            return;
        }

        Interlocked.Add(ref _received, batch.Read);
        _receivedRate.Add(batch.Read);
    }

    internal void Scored(ScoredBatch batch, int clamped)
    {
        if (batch.Batch.Rescoring is not null)
        {
            return;
        }

        Interlocked.Add(ref _scored, batch.Comments.Count);
        Interlocked.Add(ref _clamped, clamped);
        _scoredRate.Add(batch.Comments.Count);
    }

    /// <param name="latency">Since the batch came to the door of the flow, waiting for a place included.</param>
    internal void Committed(CommittedBatch batch, TimeSpan latency)
    {
        var meter = Source(batch.Scored.Batch.Source);
        var late = batch.Comments.Count(comment => comment.Late);
        var now = time.GetUtcNow();
        Interlocked.Exchange(ref _lastCommit, now.ToUnixTimeMilliseconds());
        meter.Committed(batch, late);
        if (batch.Scored.Batch.Rescoring is not null)
        {
            return;
        }

        Interlocked.Add(ref _late, late);
        var duplicates = batch.Comments.Count(comment => comment.Outcome == CommentOutcome.Duplicate);
        Interlocked.Add(ref _committed, batch.Comments.Count - duplicates);
        Interlocked.Add(ref _duplicates, duplicates);
        Interlocked.Add(ref _edited, batch.Comments.Count(comment => comment.Outcome == CommentOutcome.Edited));
        Interlocked.Add(ref _flagged, batch.Comments.Count(comment => comment.Enqueued));
        Interlocked.Add(ref _deadLettered, NewDeadLetters(batch.Scored));
        _rate.Add(batch.Comments.Count - duplicates);
        _latency.Record(latency.TotalMilliseconds, Math.Max(1, batch.Comments.Count));
    }

    /// <summary>A letter that fails again is none more, and a stored comment becomes none.</summary>
    internal static int NewDeadLetters(ScoredBatch batch) =>
        batch.Batch is { ReplayedLetter: null, Rescoring: null } ? batch.DeadLetters.Count : 0;

    public PipelineFigures Read() => new(
        Interlocked.Read(ref _received), Interlocked.Read(ref _scored), Interlocked.Read(ref _flagged),
        Interlocked.Read(ref _committed), Interlocked.Read(ref _duplicates), Interlocked.Read(ref _edited),
        Interlocked.Read(ref _late), Interlocked.Read(ref _clamped), Interlocked.Read(ref _deadLettered),
        _rate.PerSecond(), _latency.Quantile(0.5), _latency.Quantile(0.99),
        Interlocked.Read(ref _lastCommit) is > 0 and var at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        [.. _sources.Values.Select(meter => meter.Read(time.GetUtcNow())).OrderBy(source => source.Name, StringComparer.Ordinal)])
    {
        ReceivedPerSecond = _receivedRate.PerSecond(),
        ScoredPerSecond = _scoredRate.PerSecond(),
        LatencyP90 = _latency.Quantile(0.9),
        LatencyMax = _latency.Quantile(1),
        Watermark = EventTime(),
    };

    private SourceMeter Meter(string name)
    {
        var meter = new SourceMeter(name, options.Value, time);
        lock (_eventTimeLock)
        {
            // Two that ask at once make two, of which one is kept: the other is idle before long.
            _eventTime.Add(meter.EventTime);
        }

        return meter;
    }

    private DateTimeOffset? EventTime()
    {
        lock (_eventTimeLock)
        {
            return _eventTime.Current is { } mark ? DateTimeOffset.FromUnixTimeMilliseconds(mark) : null;
        }
    }
}
