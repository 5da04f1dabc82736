namespace Moderation.Pipeline.Windows;

/// <summary>
/// How far the event time of one input has come: the greatest event time seen, less the allowed out-of-orderness,
/// less 1 ms. An event at or before it is late.
/// </summary>
/// <param name="outOfOrderness">How far behind the greatest event time an event may come; not negative.</param>
/// <param name="greatest">The greatest event time of an earlier run, to continue from it; null for a new input.</param>
public sealed class Watermark(TimeSpan outOfOrderness, long? greatest = null)
{
    private readonly long _bound = outOfOrderness >= TimeSpan.Zero
        ? (long)outOfOrderness.TotalMilliseconds
        : throw new ArgumentOutOfRangeException(nameof(outOfOrderness), outOfOrderness, "The out-of-orderness of a watermark is negative; it is zero or more.");

    /// <summary>The greatest event time seen, in milliseconds since the epoch: all that a restart needs. Null before the first event.</summary>
    public long? Greatest { get; private set; } = greatest;

    /// <summary>Milliseconds since the epoch; null before the first event.</summary>
    public long? Current => Greatest - _bound - 1;

    /// <summary>Takes an event in; true when it came behind the watermark.</summary>
    /// <param name="eventTime">Milliseconds since the epoch.</param>
    public bool Observe(long eventTime)
    {
        var late = eventTime <= Current;
        if (Greatest is not { } seen || eventTime > seen)
        {
            Greatest = eventTime;
        }

        return late;
    }
}
