using Moderation.Pipeline.Flow.Supervision;
using Moderation.Pipeline.Windows;

namespace Moderation.Pipeline.Flow;

/// <summary>What is known about one source while it runs.</summary>
public sealed class SourceMeter(string name, PipelineOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly RateMeter _rate = new(time);
    private SourceState _state = SourceState.Starting;
    private string? _problem;
    private string? _lastProblem;
    private DateTimeOffset? _retryAt;
    private string? _position;
    private DateTimeOffset? _checkpointAt;
    private long _received;
    private long _late;
    private long _deadLettered;
    private bool _supervised;

    /// <summary>How far its event time has come, and whether it is idle.</summary>
    internal WatermarkInput EventTime { get; } = new(
        new Watermark(options.Windows.OutOfOrderness), new Idleness(TimeSpan.FromMilliseconds(options.IdleMilliseconds), time));

    /// <summary>Comments that came too late for every window.</summary>
    public long Late
    {
        get
        {
            lock (_lock)
            {
                return _late;
            }
        }
    }

    public void SetState(SourceState state, string? problem = null)
    {
        lock (_lock)
        {
            (_state, _problem, _retryAt) = (state, problem, null);
        }
    }

    /// <summary>The source failed and is tried again.</summary>
    /// <returns>The problem is another one than before.</returns>
    internal bool SetWaiting(string problem, DateTimeOffset retryAt)
    {
        lock (_lock)
        {
            var known = _lastProblem == problem;
            (_state, _problem, _retryAt, _lastProblem) = (SourceState.Waiting, problem, retryAt, problem);
            return !known;
        }
    }

    /// <summary>People can pause, resume and rewind it.</summary>
    internal void Supervise()
    {
        lock (_lock)
        {
            _supervised = true;
        }
    }

    /// <summary>It goes on from what was kept of an earlier run.</summary>
    internal void Restore(SourceRecord record)
    {
        lock (_lock)
        {
            (_position, _checkpointAt) = (record.Position?.Value, record.CheckpointAt);
        }
    }

    /// <summary>It has no checkpoint any more.</summary>
    internal void Rewind()
    {
        lock (_lock)
        {
            (_position, _checkpointAt) = (null, null);
        }
    }

    internal void Received(int count)
    {
        lock (_lock)
        {
            _received += count;
            EventTime.Wake();
            if (_state == SourceState.Starting)
            {
                _state = SourceState.Running;
            }
        }

        _rate.Add(count);
    }

    internal void Committed(CommittedBatch batch, int late)
    {
        lock (_lock)
        {
            _lastProblem = null;
            _late += late;
            _deadLettered += PipelineStatistics.NewDeadLetters(batch.Scored);
            if (batch.Greatest is { } greatest)
            {
                EventTime.Observe(greatest.ToUnixTimeMilliseconds());
            }

            if (batch.Scored.Batch.Position is { } position)
            {
                (_position, _checkpointAt) = (position.Value, batch.Scored.ScoredAt);
            }
        }
    }

    internal SourceFigures Read(DateTimeOffset now)
    {
        lock (_lock)
        {
            return new SourceFigures(
                name,
                _state,
                EventTime.Greatest is { } newest ? now - DateTimeOffset.FromUnixTimeMilliseconds(newest) : null,
                EventTime.Watermark is { } mark ? DateTimeOffset.FromUnixTimeMilliseconds(mark) : null,
                _received,
                _late,
                _rate.PerSecond(),
                _position,
                _problem)
            {
                RetryAt = _retryAt,
                CheckpointAt = _checkpointAt,
                DeadLettered = _deadLettered,
                Idle = EventTime.IsIdle,
                Supervised = _supervised,
            };
        }
    }
}
