namespace Moderation.Pipeline.Windows;

/// <summary>
/// How far the event time of one input has come: the greatest event time seen, less the allowed out-of-orderness,
/// less 1 ms. An event at or before it is late.
/// </summary>
public sealed class Watermark(TimeSpan outOfOrderness)
{
    private readonly long _bound = (long)outOfOrderness.TotalMilliseconds;
    private long? _greatest;

    /// <summary>Milliseconds since the epoch; null before the first event.</summary>
    public long? Current => _greatest - _bound - 1;

    /// <summary>Takes an event in; true when it came behind the watermark.</summary>
    /// <param name="eventTime">Milliseconds since the epoch.</param>
    public bool Observe(long eventTime)
    {
        var late = eventTime <= Current;
        if (_greatest is not { } greatest || eventTime > greatest)
        {
            _greatest = eventTime;
        }

        return late;
    }
}
