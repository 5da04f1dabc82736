using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Pipeline.Models.Training;

/// <summary>A threshold to begin with.</summary>
internal static class ThresholdSuggestion
{
    /// <summary>
    /// The threshold with the best F1, in the middle between the last row it flags and the first it does not, to two
    /// decimals where that changes nothing; null without a removed row, or when
    /// nothing is better than to flag every row.
    /// </summary>
    /// <param name="rows">Probabilities from models that had not seen the row.</param>
    public static double? Of(IReadOnlyList<ScoredLabel> rows)
    {
        var sorted = rows.OrderByDescending(row => row.Probability).ToList();
        var positives = sorted.Count(row => row.Removed);
        if (positives == 0)
        {
            return null;
        }

        double best = -1, threshold = 0;
        var right = 0;
        for (var i = 0; i < sorted.Count - 1; i++)
        {
            right += sorted[i].Removed ? 1 : 0;
            var next = sorted[i + 1].Probability;
            var f1 = 2.0 * right / (i + 1 + positives);
            if (f1 > best && next < sorted[i].Probability)
            {
                (best, threshold) = (f1, Between(next, sorted[i].Probability));
            }
        }

        return best > 2.0 * positives / (sorted.Count + positives) ? threshold : null;
    }

    /// <summary>A number that is at least the lower and below the higher one.</summary>
    private static double Between(double low, double high)
    {
        var middle = (low + high) / 2;
        var rounded = Math.Round(middle, 2);
        return rounded >= low && rounded < high ? rounded : middle;
    }
}
