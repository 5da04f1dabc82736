namespace Moderation.Pipeline.Flow;

/// <summary>How many latencies lay in a range.</summary>
/// <param name="UpTo">Its upper edge in milliseconds; the lower one is the edge before it.</param>
public readonly record struct LatencyBucket(double UpTo, long Count);

/// <summary>
/// Latencies counted in buckets that grow by a quarter power of two (19% wide), from 1 ms to about 18 hours. Old
/// counts halve from time to time, so the percentiles speak of the recent past.
/// </summary>
public sealed class LatencyHistogram
{
    private const int StepsPerDoubling = 4;
    private const int BucketCount = 26 * StepsPerDoubling;
    private const long HalveAt = 20_000;

    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[BucketCount];
    private long _total;

    public void Record(double milliseconds, int count)
    {
        var bucket = milliseconds <= 1 ? 0 : Math.Min((int)(Math.Log2(milliseconds) * StepsPerDoubling) + 1, BucketCount - 1);
        lock (_lock)
        {
            _counts[bucket] += count;
            _total += count;
            if (_total >= HalveAt)
            {
                _total = 0;
                for (var i = 0; i < BucketCount; i++)
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
            for (var i = 0; i < BucketCount; i++)
            {
                rank -= _counts[i];
                if (rank <= 0)
                {
                    return UpperEdge(i);
                }
            }

            return UpperEdge(BucketCount - 1);
        }
    }

    /// <summary>The buckets from the first to the last that is not empty.</summary>
    public IReadOnlyList<LatencyBucket> Buckets()
    {
        lock (_lock)
        {
            var first = Array.FindIndex(_counts, static count => count > 0);
            var last = Array.FindLastIndex(_counts, static count => count > 0);
            return first < 0 ? [] : [.. Enumerable.Range(first, last - first + 1).Select(i => new LatencyBucket(UpperEdge(i), _counts[i]))];
        }
    }

    private static double UpperEdge(int bucket) => Math.Pow(2, (double)bucket / StepsPerDoubling);
}
