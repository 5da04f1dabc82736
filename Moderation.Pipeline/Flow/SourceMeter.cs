using Moderation.Pipeline.Flow.Supervision;

namespace Moderation.Pipeline.Flow;

/// <summary>What is known about one source while it runs.</summary>
public sealed class SourceMeter(string name, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly RateMeter _rate = new(time);
    private SourceProgress _progress;
    private SourceState _state = SourceState.Starting;
    private string? _problem;
    private string? _lastProblem;
    private DateTimeOffset? _retryAt;
    private string? _position;
    private DateTimeOffset? _checkpointAt;
    private long _lastEvent = time.GetTimestamp();
    private long _received;
    private long _late;
    private long _deadLettered;
    private bool _supervised;

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
            _lastEvent = time.GetTimestamp();
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
            _progress = batch.Progress;
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
                now - _progress.Greatest,
                _progress.Watermark,
                _received,
                _late,
                _rate.PerSecond(),
                _position,
                _problem)
            {
                RetryAt = _retryAt,
                CheckpointAt = _checkpointAt,
                DeadLettered = _deadLettered,
                SinceLastEvent = time.GetElapsedTime(_lastEvent),
                Supervised = _supervised,
            };
        }
    }
}
