namespace Moderation.Pipeline.Flow;

/// <summary>Events a second over the last ten whole seconds.</summary>
public sealed class RateMeter(TimeProvider time)
{
    private const int Seconds = 10;

    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[Seconds + 1];
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

    public double PerSecond()
    {
        lock (_lock)
        {
            Advance();
            var whole = Math.Min(_second, Seconds);
            long sum = 0;
            for (var back = 1; back <= whole; back++)
            {
                sum += _counts[(_second - back) % _counts.Length];
            }

            return whole == 0 ? _counts[0] : sum / (double)whole;
        }
    }

    private void Advance()
    {
        var now = (long)time.GetElapsedTime(_started).TotalSeconds;
        for (var steps = Math.Min(now - _second, _counts.Length); steps > 0; steps--)
        {
            _counts[(now - steps + 1) % _counts.Length] = 0;
        }

        _second = now;
    }
}
