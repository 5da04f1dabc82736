namespace Moderation.Pipeline.Flow;

/// <summary>
/// Latencies counted in buckets that grow by a quarter power of two (19% wide), from 1 ms to about 18 hours. Old
/// counts halve from time to time, so the percentiles speak of the recent past.
/// </summary>
public sealed class LatencyHistogram
{
    private const int StepsPerDoubling = 4;
    private const int Buckets = 26 * StepsPerDoubling;
    private const long HalveAt = 20_000;

    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[Buckets];
    private long _total;

    public void Record(double milliseconds, int count)
    {
        var bucket = milliseconds <= 1 ? 0 : Math.Min((int)(Math.Log2(milliseconds) * StepsPerDoubling) + 1, Buckets - 1);
        lock (_lock)
        {
            _counts[bucket] += count;
            _total += count;
            if (_total >= HalveAt)
            {
                _total = 0;
                for (var i = 0; i < Buckets; i++)
                {
                    _total += _counts[i] >>= 1;
                }
            }
        }
    }

    /// <summary>The upper edge of the bucket in which the quantile lies, in milliseconds; null when nothing was recorded.</summary>
    /// <param name="quantile">0 to 1.</param>
    public double? Quantile(double quantile)
    {
        lock (_lock)
        {
            if (_total == 0)
            {
                return null;
            }

            var rank = Math.Max(1, (long)Math.Ceiling(quantile * _total));
            for (var i = 0; i < Buckets; i++)
            {
                rank -= _counts[i];
                if (rank <= 0)
                {
                    return Math.Pow(2, (double)i / StepsPerDoubling);
                }
            }

            return Math.Pow(2, (double)(Buckets - 1) / StepsPerDoubling);
        }
    }
}
