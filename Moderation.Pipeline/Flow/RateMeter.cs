namespace Moderation.Pipeline.Flow;

/// <summary>Events a second, remembered for two minutes.</summary>
public sealed class RateMeter(TimeProvider time)
{
    /// <summary>Whole seconds that are remembered.</summary>
    public const int Remembered = 120;

    private const int Averaged = 10;

    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[Remembered + 1];
    private readonly long _started = time.GetTimestamp();
    private long _second;

    public void Add(int count)
    {
        lock (_lock)
        {
            Advance();
            _counts[_second % _counts.Length] += count;
        }
    }

    /// <summary>The mean of the last ten whole seconds.</summary>
    public double PerSecond()
    {
        lock (_lock)
        {
            Advance();
            var whole = Math.Min(_second, Averaged);
            long sum = 0;
            for (var back = 1; back <= whole; back++)
            {
                sum += _counts[(_second - back) % _counts.Length];
            }

            return whole == 0 ? _counts[0] : sum / (double)whole;
        }
    }

    /// <summary>One count for each whole second, oldest first; at most <see cref="Remembered"/>.</summary>
    public IReadOnlyList<long> History()
    {
        lock (_lock)
        {
            Advance();
            var whole = (int)Math.Min(_second, Remembered);
            var history = new long[whole];
            for (var i = 0; i < whole; i++)
            {
                history[i] = _counts[(_second - whole + i) % _counts.Length];
            }

            return history;
        }
    }

    private void Advance()
    {
        // Not every clock's timestamps are apart from its time of day.
        var now = Math.Max(_second, (long)time.GetElapsedTime(_started).TotalSeconds);
        for (var steps = Math.Min(now - _second, _counts.Length); steps > 0; steps--)
        {
            _counts[(now - steps + 1) % _counts.Length] = 0;
        }

        _second = now;
    }
}
