namespace Moderation.Pipeline.Flow;

/// <summary>What is known about one source while it runs.</summary>
public sealed class SourceMeter(string name, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly RateMeter _rate = new(time);
    private SourceProgress _progress;
    private SourceState _state = SourceState.Starting;
    private string? _problem;
    private string? _position;
    private long _received;
    private long _late;

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
            (_state, _problem) = (state, problem);
        }
    }

    internal void Received(int count)
    {
        lock (_lock)
        {
            _received += count;
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
            _late += late;
            _progress = batch.Progress;
            _position = batch.Scored.Batch.Position?.Value ?? _position;
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
                _problem);
        }
    }
}
