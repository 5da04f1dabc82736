namespace Moderation.Benchmarks.Measuring;

/// <summary>A straight line through points that outliers hardly move.</summary>
internal static class TheilSen
{
    /// <summary>The median of the slopes between all pairs of points (Theil 1950, Sen 1968); 0 for fewer than two.</summary>
    public static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        var slopes = new List<double>();
        for (var i = 0; i < points.Count; i++)
        {
            for (var k = i + 1; k < points.Count; k++)
            {
                if (points[i].X != points[k].X)
                {
                    slopes.Add((points[k].Y - points[i].Y) / (points[k].X - points[i].X));
                }
            }
        }

        return slopes.Count == 0 ? 0 : Comparison.Median(slopes);
    }
}
