namespace Moderation.Benchmarks.Crash;

/// <summary>The sums of one window.</summary>
internal sealed class ExpectedWindow
{
    public long Count { get; set; }

    public long Flagged { get; set; }

    public double ScoreSum { get; set; }

    public long[] Bins { get; } = new long[10];
}

/// <summary>How far a source has come.</summary>
internal sealed class ExpectedClock
{
    public long? Greatest { get; set; }

    public long Late { get; set; }

    public long Clamped { get; set; }
}

/// <summary>
/// The windows and clocks that follow from the comments: the rules of event time, written a second time. Comments come in
/// the order in which they were committed.
/// </summary>
internal sealed class ExpectedWindows
{
    /// <summary>What the program under test is told.</summary>
    public const int OutOfOrdernessMilliseconds = 10_000;

    public const int LatenessMilliseconds = 60_000;

    private const long Minute = 60_000;
    private const long Size = 5 * Minute;

    private static readonly int[] _widths = [1, 60, 1_440];

    public Dictionary<string, ExpectedClock> Clocks { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string Source, string Community, int Minutes, long Start), ExpectedWindow> Windows { get; } = [];

    /// <summary>Counts a comment.</summary>
    /// <param name="first">Its first text: edits count nowhere.</param>
    /// <param name="clamped">Its time was put in by the desk, and says nothing of how far the source has come.</param>
    /// <returns>By how much it is late; null when it is in a window.</returns>
    public long? Add(StoredComment comment, StoredVersion first, bool clamped)
    {
        if (!Clocks.TryGetValue(comment.Source, out var clock))
        {
            Clocks[comment.Source] = clock = new ExpectedClock();
        }

        if (clamped)
        {
            clock.Clamped++;
        }
        else if (clock.Greatest is null || comment.CreatedAt > clock.Greatest)
        {
            clock.Greatest = comment.CreatedAt;
        }

        // The last of the sliding windows that it is in.
        var end = (comment.CreatedAt / Minute * Minute) + Size;
        if (clock.Greatest is { } greatest && end <= greatest - OutOfOrdernessMilliseconds - LatenessMilliseconds)
        {
            clock.Late++;
            return greatest - comment.CreatedAt;
        }

        foreach (var minutes in _widths)
        {
            var width = minutes * Minute;
            var key = (comment.Source, comment.Community, minutes, comment.CreatedAt / width * width);
            if (!Windows.TryGetValue(key, out var window))
            {
                Windows[key] = window = new ExpectedWindow();
            }

            window.Count++;
            window.Flagged += first.Flagged ? 1 : 0;
            window.ScoreSum += first.Probability;
            window.Bins[Math.Min(9, (int)(first.Probability * 10))]++;
        }

        return null;
    }
}
