namespace Moderation.Pipeline.Windows.Spikes;

/// <summary>Lays stored rows side by side as the history of a window.</summary>
public static class SpikeHistory
{
    /// <summary>
    /// Flagged comments in the windows before one, oldest first: windows of its length that end where the next begins, the last one
    /// where the judged one begins. Those without rows are 0. None begins before the community was first seen.
    /// </summary>
    /// <param name="firstSeen">The community's first event time, in milliseconds since the epoch.</param>
    /// <param name="start">First millisecond of the window that is judged.</param>
    /// <param name="size">Length of a window in milliseconds; above 0.</param>
    /// <param name="most">Most windows to give.</param>
    /// <param name="rows">Flagged comments by the first millisecond of their row, in any order; those outside the history are passed over.</param>
    public static long[] Before(long firstSeen, long start, long size, int most, IEnumerable<(long Start, long Flagged)> rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        ArgumentNullException.ThrowIfNull(rows);
        var windows = (int)Math.Clamp((start - firstSeen) / size, 0, most);
        var history = new long[windows];
        var from = start - (windows * size);
        foreach (var (rowStart, flagged) in rows)
        {
            if (rowStart >= from && rowStart < start)
            {
                history[(rowStart - from) / size] += flagged;
            }
        }

        return history;
    }
}
