namespace Moderation.Pipeline.Windows;

/// <summary>
/// What is summed over a span of time: the totals of two spans added are those of both. Adding is exact and in any order
/// the same, and so is taking away what was added before.
/// </summary>
public readonly record struct WindowTotals
{
    // A score of 0 to 1 in steps of 2^-24 (what a single-precision score can tell apart near 1) makes every sum of up to
    // 2^29 of them a double without rounding: deltas, panes and windows agree to the bit whatever the order.
    private const double Steps = 1 << 24;

    /// <summary>Comments.</summary>
    public long Count { get; init; }

    /// <summary>Comments that were flagged.</summary>
    public long Flagged { get; init; }

    /// <summary>Sum of the comments' probabilities, in steps of 2⁻²⁴.</summary>
    public double ScoreSum { get; init => field = Math.Round(value * Steps) / Steps; }

    /// <summary>The comments by their probability.</summary>
    public ScoreHistogram Histogram { get; init; }

    /// <summary>Decisions that approved a comment.</summary>
    public long Approved { get; init; }

    /// <summary>Decisions that removed a comment.</summary>
    public long Removed { get; init; }

    /// <summary>0 to 1; null without comments.</summary>
    public double? MeanScore => Count == 0 ? null : ScoreSum / Count;

    /// <summary>One comment.</summary>
    /// <param name="score">Its probability, 0 to 1.</param>
    /// <param name="flagged">Whether it was flagged.</param>
    /// <exception cref="ArgumentOutOfRangeException">The score is no probability.</exception>
    public static WindowTotals OfComment(double score, bool flagged)
    {
        if (score is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, "The score of a comment has to be between 0 and 1.");
        }

        var histogram = default(ScoreHistogram);
        histogram[ScoreHistogram.BinOf(score)] = 1;
        return new WindowTotals { Count = 1, Flagged = flagged ? 1 : 0, ScoreSum = score, Histogram = histogram };
    }

    /// <summary>One decision, at the time at which it was made.</summary>
    public static WindowTotals OfDecision(bool approved) => new() { Approved = approved ? 1 : 0, Removed = approved ? 0 : 1 };

    public static WindowTotals operator +(in WindowTotals left, in WindowTotals right) => new()
    {
        Count = left.Count + right.Count,
        Flagged = left.Flagged + right.Flagged,
        ScoreSum = left.ScoreSum + right.ScoreSum,
        Histogram = left.Histogram + right.Histogram,
        Approved = left.Approved + right.Approved,
        Removed = left.Removed + right.Removed,
    };

    public static WindowTotals operator -(in WindowTotals left, in WindowTotals right) => new()
    {
        Count = left.Count - right.Count,
        Flagged = left.Flagged - right.Flagged,
        ScoreSum = left.ScoreSum - right.ScoreSum,
        Histogram = left.Histogram - right.Histogram,
        Approved = left.Approved - right.Approved,
        Removed = left.Removed - right.Removed,
    };
}
