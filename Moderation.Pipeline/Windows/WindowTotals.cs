namespace Moderation.Pipeline.Windows;

/// <summary>
/// What is summed over a span of time: the totals of two spans added are those of both. Adding is exact and in any order
/// the same, and so is taking away what was added before.
/// </summary>
public record struct WindowTotals
{
    // A score of 0 to 1 in steps of 2^-24 (what a single-precision score can tell apart near 1) makes every sum of up to
    // 2^29 of them a double without rounding: deltas, panes and windows agree to the bit whatever the order.
    private const double Steps = 1 << 24;

    private long _count;
    private long _flagged;
    private double _scoreSum;
    private ScoreHistogram _histogram;

    /// <summary>Comments.</summary>
    public long Count { readonly get => _count; init => _count = value; }

    /// <summary>Comments that were flagged.</summary>
    public long Flagged { readonly get => _flagged; init => _flagged = value; }

    /// <summary>Sum of the comments' probabilities, in steps of 2⁻²⁴.</summary>
    public double ScoreSum { readonly get => _scoreSum; init => _scoreSum = Math.Round(value * Steps) / Steps; }

    /// <summary>The comments by their probability.</summary>
    public ScoreHistogram Histogram { readonly get => _histogram; init => _histogram = value; }

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

    public static WindowTotals operator +(in WindowTotals left, in WindowTotals right)
    {
        var sum = left;
        sum.Accumulate(right);
        return sum;
    }

    public static WindowTotals operator -(in WindowTotals left, in WindowTotals right)
    {
        var difference = left;
        difference.Deduct(right);
        return difference;
    }

    /// <summary>Adds in place: this runs for every comment, and copying would cost more than the sum.</summary>
    internal void Accumulate(in WindowTotals other)
    {
        _count += other._count;
        _flagged += other._flagged;
        _scoreSum += other._scoreSum;
        _histogram.Accumulate(other._histogram);
    }

    internal void Deduct(in WindowTotals other)
    {
        _count -= other._count;
        _flagged -= other._flagged;
        _scoreSum -= other._scoreSum;
        _histogram.Deduct(other._histogram);
    }
}
