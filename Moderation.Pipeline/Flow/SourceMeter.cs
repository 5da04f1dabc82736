using Moderation.Pipeline.Windows;

namespace Moderation.Pipeline.Flow;

/// <summary>What is known about one source while it runs.</summary>
public sealed class SourceMeter(string name, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly RateMeter _rate = new(time);
    private Watermark? _watermark;
    private SourceState _state = SourceState.Starting;
    private string? _problem;
    private string? _position;
    private long? _newestEvent;
    private long _received;
    private long _late;

    /// <summary>Comments that came behind the watermark.</summary>
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

    /// <summary>Moves the watermark; true when the event came behind it.</summary>
    internal bool Observe(long eventTime, TimeSpan outOfOrderness)
    {
        lock (_lock)
        {
            _newestEvent = Math.Max(_newestEvent ?? eventTime, eventTime);
            _watermark ??= new Watermark(outOfOrderness);
            var late = _watermark.Observe(eventTime);
            _late += late ? 1 : 0;
            return late;
        }
    }

    internal void Committed(ScoredBatch batch)
    {
        lock (_lock)
        {
            _position = batch.Batch.Position?.Value ?? _position;
        }
    }

    internal SourceFigures Read(DateTimeOffset now)
    {
        lock (_lock)
        {
            return new SourceFigures(
                name,
                _state,
                _newestEvent is { } newest ? now - DateTimeOffset.FromUnixTimeMilliseconds(newest) : null,
                _watermark?.Current is { } mark ? DateTimeOffset.FromUnixTimeMilliseconds(mark) : null,
                _received,
                _late,
                _rate.PerSecond(),
                _position,
                _problem);
        }
    }
}
