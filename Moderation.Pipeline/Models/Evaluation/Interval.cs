namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>A 95% interval.</summary>
public readonly record struct Interval(double Low, double High)
{
    private const double Z = 1.959963984540054;

    /// <summary>Wilson's score interval of a share (Wilson, 1927): stays inside 0 to 1 and holds for few rows.</summary>
    /// <param name="hits">0 to <paramref name="rows"/>.</param>
    /// <param name="rows">Without any row the share can be anything from 0 to 1.</param>
    public static Interval OfShare(long hits, long rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, rows);
        if (rows == 0)
        {
            return new Interval(0, 1);
        }

        var share = (double)hits / rows;
        var shrink = 1 + (Z * Z / rows);
        var middle = (share + (Z * Z / (2 * rows))) / shrink;
        var half = Z / shrink * Math.Sqrt((share * (1 - share) / rows) + (Z * Z / (4.0 * rows * rows)));
        return new Interval(hits == 0 ? 0 : middle - half, hits == rows ? 1 : middle + half);
    }

    /// <summary>From the 2.5th to the 97.5th percentile, each rounded outwards to a value that occurred; sorts the values.</summary>
    internal static Interval OfPercentiles(double[] values)
    {
        Array.Sort(values);
        return new Interval(values[(int)(0.025 * (values.Length - 1))], values[(int)Math.Ceiling(0.975 * (values.Length - 1))]);
    }
}
