using CsCheck;

using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Tests.Pipeline.Models.Evaluation;

public sealed class PairedComparisonTests
{
    [Fact]
    public void Both_areas_are_those_of_each_model_alone() =>
        _rows.Sample(
            static rows =>
            {
                var comparison = PairedComparison.Of(rows);

                Assert.Equal(ModelEvaluator.Evaluate([.. rows.Select(row => new ScoredLabel(row.A, row.Removed))], 0.5).RocAuc, comparison?.RocAucA);
                Assert.Equal(ModelEvaluator.Evaluate([.. rows.Select(row => new ScoredLabel(row.B, row.Removed))], 0.5).RocAuc, comparison?.RocAucB);
                Assert.Equal(comparison, PairedComparison.Of([.. rows.Reverse()]));
            },
            iter: 40);

    [Fact]
    public void A_model_is_as_good_as_itself()
    {
        var comparison = PairedComparison.Of([.. Rows(300, noiseOfB: 0)])!;

        Assert.Equal(0, comparison.Difference);
        Assert.Equal(new Interval(0, 0), comparison.Interval);
        Assert.Equal(1, comparison.ShareAAtLeastB);
    }

    [Fact]
    public void A_worse_model_is_told_from_a_better_one_and_the_other_way_round()
    {
        PairedScore[] rows = [.. Rows(600, noiseOfB: 1.5)];

        var forward = PairedComparison.Of(rows)!;
        var backward = PairedComparison.Of([.. rows.Select(row => new PairedScore(row.B, row.A, row.Removed))])!;

        Assert.InRange(forward.Difference, forward.Interval.Low, forward.Interval.High);
        Assert.True(forward.Interval.Low > 0);
        Assert.Equal(1, forward.ShareAAtLeastB);
        Assert.Equal(-forward.Difference, backward.Difference, 12);
        Assert.Equal(0, backward.ShareAAtLeastB);
    }

    [Fact]
    public void What_is_hard_for_both_does_not_blur_the_difference()
    {
        PairedScore[] rows = [.. Rows(300, noiseOfB: 0.02)];

        var width = PairedComparison.Of(rows)!.Interval;
        var alone = ModelEvaluator.Evaluate([.. rows.Select(row => new ScoredLabel(row.A, row.Removed))], 0.5).Intervals["rocAuc"];

        Assert.True(width.High - width.Low < (alone.High - alone.Low) / 3);
    }

    [Fact]
    public void Rows_of_one_label_cannot_be_ranked() =>
        Assert.Null(PairedComparison.Of([new(0.1, 0.2, true), new(0.3, 0.1, true)]));

    private static readonly Gen<PairedScore[]> _rows =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Bool, static (a, b, removed) => new PairedScore(a / 4.0, b / 4.0, removed)).Array[0, 20];

    private static IEnumerable<PairedScore> Rows(int count, double noiseOfB)
    {
        var random = new Random(4);
        return Enumerable.Range(0, count).Select(_ =>
        {
            var probability = random.NextDouble();
            return new PairedScore(probability, probability + (noiseOfB * (random.NextDouble() - 0.5)), random.NextDouble() < probability);
        });
    }
}
