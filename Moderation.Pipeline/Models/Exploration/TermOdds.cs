using Moderation.Pipeline.Text;

namespace Moderation.Pipeline.Models.Exploration;

/// <summary>Finds the words that stand out in the texts of one label.</summary>
/// <remarks>
/// Log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn, 2008, "Fightin' Words", formulas 16, 18, 20
/// to 22). With y how often word w stands in the texts of a label, n the sum of y over all words, and the prior α(w)
/// shared out as the words are in all texts together: δ = ln((y₁+α)/(n₁+α₀−y₁−α)) − ln((y₂+α)/(n₂+α₀−y₂−α)), and
/// z = δ / √(1/(y₁+α) + 1/(y₂+α)). The prior keeps rare words from standing out by chance.
/// </remarks>
internal static class TermOdds
{
    /// <summary>α₀: the prior weighs as much as this many words, but never more than a tenth of the words there are.</summary>
    private const double MostPriorWords = 1_000;
    private const double MostPriorShare = 0.1;

    private const int FewestTexts = 5;

    // 95% two-sided: below it a word does not stand out.
    private const double LeastZ = 1.96;

    /// <param name="most">Longest length of each list.</param>
    public static TermSummary Of(TermCounts counts, int most)
    {
        double removedTotal = 0, keptTotal = 0;
        foreach (var count in counts.All)
        {
            removedTotal += count.RemovedUses;
            keptTotal += count.KeptUses;
        }

        var weights = counts.All
            .Where(count => count.RemovedTexts + count.KeptTexts >= FewestTexts)
            .Select(count => (Count: count, Z: Z(count.RemovedUses, count.KeptUses, removedTotal, keptTotal)))
            .Where(weight => Math.Abs(weight.Z) >= LeastZ)
            .OrderByDescending(weight => Math.Abs(weight.Z))
            .ThenBy(weight => weight.Count.Term, StringComparer.Ordinal)
            .Select(weight => new TermWeight(TermMask.Mask(weight.Count.Term), weight.Count.RemovedTexts, weight.Count.KeptTexts, weight.Z))
            .ToList();
        return new TermSummary([.. weights.Where(weight => weight.Z > 0).Take(most)], [.. weights.Where(weight => weight.Z < 0).Take(most)]);
    }

    internal static double Z(double removed, double kept, double removedTotal, double keptTotal)
    {
        var allPrior = Math.Min(MostPriorWords, MostPriorShare * (removedTotal + keptTotal));
        var prior = allPrior * (removed + kept) / (removedTotal + keptTotal);
        var delta = Math.Log((removed + prior) / (removedTotal + allPrior - removed - prior))
            - Math.Log((kept + prior) / (keptTotal + allPrior - kept - prior));
        return delta / Math.Sqrt((1 / (removed + prior)) + (1 / (kept + prior)));
    }
}
