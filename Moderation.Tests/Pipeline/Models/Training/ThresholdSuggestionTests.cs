using CsCheck;

using Moderation.Pipeline.Models.Evaluation;
using Moderation.Pipeline.Models.Training;

namespace Moderation.Tests.Pipeline.Models.Training;

public sealed class ThresholdSuggestionTests
{
    [Fact]
    public void Between_rows_that_are_told_apart_it_stands_in_the_middle() =>
        Assert.Equal(0.5, ThresholdSuggestion.Of([new(0.97, true), new(0.95, true), new(0.05, false), new(0.01, false)]));

    [Fact]
    public void Without_a_removed_row_there_is_none() => Assert.Null(ThresholdSuggestion.Of([new(0.4, false)]));

    [Fact]
    public void No_other_threshold_has_a_better_F1() =>
        Gen.Select(Gen.Int[0, 40].Select(n => n / 40.0), Gen.Bool).Select(row => new ScoredLabel(row.Item1, row.Item2)).List[1, 40].Sample(rows =>
        {
            if (ThresholdSuggestion.Of(rows) is { } threshold)
            {
                var best = Enumerable.Range(0, 41).Max(n => F1(rows, n / 40.0));

                Assert.Equal(best, F1(rows, threshold), 12);
            }
        });

    private static double F1(List<ScoredLabel> rows, double threshold)
    {
        var flagged = rows.Where(row => row.Probability > threshold).ToList();
        return 2.0 * flagged.Count(row => row.Removed) / Math.Max(1, flagged.Count + rows.Count(row => row.Removed));
    }
}
