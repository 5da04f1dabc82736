namespace Moderation.Pipeline.Windows;

/// <summary>
/// Whether one input is idle: nothing has come from it for more than a span of the machine's time. A new input is active,
/// and an idle one is active again with its next event. Measured with the clock's timestamps, so a clock that is set
/// back or forward changes nothing.
/// </summary>
public sealed class Idleness
{
    private readonly TimeSpan _after;
    private readonly TimeProvider _time;
    private long _last;

    /// <param name="after">The span without events behind which the input is idle; above zero.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is zero or less.</exception>
    public Idleness(TimeSpan after, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(after, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(time);
        (_after, _time, _last) = (after, time, time.GetTimestamp());
    }

    public bool IsIdle => _time.GetElapsedTime(_last) > _after;

    /// <summary>An event has come.</summary>
    public void Observe() => _last = _time.GetTimestamp();
}
