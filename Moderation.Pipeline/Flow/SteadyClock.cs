using System.Globalization;

namespace Moderation.Pipeline.Flow;

/// <summary>
/// The time of receipt: the machine's clock, as long as it goes forward. When it is set back, the time of receipt goes on at half
/// speed until the clock has caught up, so that it never goes back and no comment is late or from the future for that reason.
/// </summary>
/// <remarks>For any number of threads.</remarks>
public sealed class SteadyClock(TimeProvider time)
{
    /// <summary>Small steps back are what every clock does to stay right.</summary>
    private static readonly TimeSpan _noticed = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _last = time.GetUtcNow();
    private long _lastStamp = time.GetTimestamp();
    private TimeSpan _ahead;

    /// <summary>What is wrong with the machine's clock, in a sentence; null while nothing is.</summary>
    public string? Problem
    {
        get
        {
            lock (_lock)
            {
                return _ahead < _noticed
                    ? null
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"This machine's clock was set back: comments count as received {_ahead.TotalMinutes:N1} minutes ahead of it, until it has caught up. Check its time.");
            }
        }
    }

    /// <summary>Never before what it said last.</summary>
    public DateTimeOffset Now()
    {
        lock (_lock)
        {
            var stamp = time.GetTimestamp();
            var passed = time.GetElapsedTime(_lastStamp, stamp);
            var clock = time.GetUtcNow();
            var slow = _last + (passed > TimeSpan.Zero ? passed / 2 : TimeSpan.Zero);
            var now = clock >= _last ? clock : slow;

            (_last, _lastStamp, _ahead) = (now, stamp, now - clock);
            return now;
        }
    }
}
