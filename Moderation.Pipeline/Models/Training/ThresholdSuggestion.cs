using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Pipeline.Models.Training;

/// <summary>A threshold to begin with.</summary>
internal static class ThresholdSuggestion
{
    /// <summary>The threshold with the best F1, rounded down to two decimals; null without a removed row.</summary>
    /// <param name="rows">Probabilities from models that had not seen the row.</param>
    public static double? Of(IReadOnlyList<ScoredLabel> rows)
    {
        var positives = rows.Count(row => row.Removed);
        if (positives == 0)
        {
            return null;
        }

        double best = -1, threshold = 0;
        var (flagged, right) = (0, 0);
        foreach (var group in rows.GroupBy(row => Math.Floor(row.Probability * 100) / 100).OrderByDescending(group => group.Key))
        {
            flagged += group.Count();
            right += group.Count(row => row.Removed);
            var f1 = 2.0 * right / (flagged + positives);
            if (f1 > best)
            {
                (best, threshold) = (f1, group.Key);
            }
        }

        return threshold;
    }
}
