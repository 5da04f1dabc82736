namespace Moderation.Pipeline.Models.Exploration;

/// <summary>How long texts are, in characters (UTF-16 units) as they were written; nearest-rank quantiles.</summary>
public sealed record LengthQuantiles(int Shortest, int Quarter, int Median, int ThreeQuarters, int NinetyFive, int Longest)
{
    /// <returns>Null without texts.</returns>
    internal static LengthQuantiles? Of(IEnumerable<int> lengths)
    {
        int[] sorted = [.. lengths.Order()];
        return sorted.Length == 0 ? null : new LengthQuantiles(sorted[0], At(0.25), At(0.5), At(0.75), At(0.95), sorted[^1]);

        int At(double quantile) => sorted[Math.Max(0, (int)Math.Ceiling(quantile * sorted.Length) - 1)];
    }
}
