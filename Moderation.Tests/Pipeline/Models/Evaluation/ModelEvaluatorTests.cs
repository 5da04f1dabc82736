using CsCheck;

using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Tests.Pipeline.Models.Evaluation;

public sealed class ModelEvaluatorTests
{
    [Fact]
    public void An_example_with_ties_comes_out_as_by_hand()
    {
        var metrics = Evaluate(0.5, (0.9, true), (0.6, true), (0.6, false), (0.5, true), (0.2, false), (0.1, false));

        // Pairs (removed, kept): 0.9 wins 3; 0.6 wins 2, ties 1; 0.5 wins 2.
        Assert.Equal(7.5 / 9, metrics.RocAuc!.Value, 12);
        // Precision where the removed rows stand: 1, then 2 of 3 at the tie, then 3 of 4.
        Assert.Equal((1 + (2 / 3.0) + 0.75) / 3, metrics.PrAuc!.Value, 12);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.6) + Math.Log(0.4) + Math.Log(0.5) + Math.Log(0.8) + Math.Log(0.9)) / 6, metrics.LogLoss!.Value, 12);
        Assert.Equal((0.01 + 0.16 + 0.36 + 0.25 + 0.04 + 0.01) / 6, metrics.Brier!.Value, 12);
        Assert.Equal((0.1 + 0.2 + 0.5 + 0.2 + 0.1) / 6, metrics.Ece!.Value, 12);
        Assert.Equal(new ConfusionMatrix(Tp: 2, Fp: 1, Tn: 2, Fn: 1), metrics.Confusion);
        Assert.Equal(2 / 3.0, metrics.Precision!.Value, 12);
        Assert.Equal(2 / 3.0, metrics.Recall!.Value, 12);
        Assert.Equal(2 / 3.0, metrics.F1!.Value, 12);
        Assert.Equal(4 / 6.0, metrics.Accuracy!.Value, 12);
        Assert.Equal(6, metrics.Rows);
        Assert.Equal(0.5, metrics.Threshold);
    }

    [Fact]
    public void The_threshold_is_strict()
    {
        Assert.Equal(new ConfusionMatrix(0, 0, 1, 1), Evaluate(0.5, (0.5, true), (0.5, false)).Confusion);
        Assert.Equal(new ConfusionMatrix(1, 1, 0, 0), Evaluate(0.4999999, (0.5, true), (0.5, false)).Confusion);
        Assert.Equal(new ConfusionMatrix(0, 0, 1, 1), Evaluate(1, (1, true), (1, false)).Confusion);
    }

    [Fact]
    public void Without_a_label_of_one_kind_what_needs_both_is_missing()
    {
        var removed = Evaluate(0.5, (0.9, true), (0.2, true));
        Assert.Null(removed.RocAuc);
        Assert.Equal(1, removed.PrAuc);
        Assert.Equal(0.5, removed.Recall);
        Assert.DoesNotContain("rocAuc", removed.Intervals.Keys);

        var kept = Evaluate(0.5, (0.4, false), (0.2, false));
        Assert.Null(kept.RocAuc);
        Assert.Null(kept.PrAuc);
        Assert.Null(kept.Recall);
        Assert.Null(kept.Precision);
        Assert.Null(kept.F1);
        Assert.Equal(1, kept.Accuracy);
    }

    [Fact]
    public void No_rows_give_no_figures()
    {
        var metrics = Evaluate(0.5);

        Assert.Equal(0, metrics.Rows);
        Assert.Null(metrics.LogLoss);
        Assert.Null(metrics.Ece);
        Assert.Null(metrics.Accuracy);
        Assert.Empty(metrics.Intervals);
    }

    [Fact]
    public void A_score_of_1_falls_into_the_last_bin_and_0_into_the_first()
    {
        Assert.Equal(0, Evaluate(0.5, (1, true), (0, false)).Ece);
        // 0.95 and 1 share a bin, where they are wrong together by (1.95 - 1) / 2.
        Assert.Equal(0.95 / 2, Evaluate(0.5, (1, true), (0.95, false)).Ece!.Value, 12);
    }

    [Fact]
    public void Certainty_that_was_wrong_has_a_finite_loss() =>
        Assert.Equal(-Math.Log(1e-15), Evaluate(0.5, (0, true), (1, false)).LogLoss!.Value, tolerance: 0.05);

    [Fact]
    public void A_perfect_order_has_area_1_a_reversed_one_0_and_one_score_for_all_a_half()
    {
        Assert.Equal(1, Evaluate(0.5, (0.9, true), (0.8, true), (0.3, false)).RocAuc);
        Assert.Equal(0, Evaluate(0.5, (0.1, true), (0.8, false), (0.3, false)).RocAuc);
        Assert.Equal(0.5, Evaluate(0.5, (0.3, true), (0.3, false), (0.3, false)).RocAuc);
    }

    [Fact]
    public void Ranking_figures_agree_with_counting_all_pairs_for_any_rows() =>
        _rows.Sample(
            static rows =>
            {
                var metrics = ModelEvaluator.Evaluate(rows, 0.5);
                var pairs = (from removed in rows where removed.Removed from kept in rows where !kept.Removed select (removed, kept)).ToList();
                if (pairs.Count == 0)
                {
                    Assert.Null(metrics.RocAuc);
                    return;
                }

                var won = pairs.Average(pair => pair.removed.Probability.CompareTo(pair.kept.Probability) switch { > 0 => 1.0, 0 => 0.5, _ => 0 });
                Assert.Equal(won, metrics.RocAuc!.Value, 9);
                Assert.Equal(rows.Length, metrics.Confusion.Tp + metrics.Confusion.Fp + metrics.Confusion.Tn + metrics.Confusion.Fn);
            },
            iter: 60);

    [Fact]
    public void The_order_of_the_rows_makes_no_difference_to_the_figures() =>
        _rows.Sample(
            static rows =>
            {
                var one = ModelEvaluator.Evaluate(rows, 0.5);
                var other = ModelEvaluator.Evaluate([.. rows.Reverse()], 0.5);
                Assert.Equal((one.RocAuc, one.PrAuc, one.Confusion), (other.RocAuc, other.PrAuc, other.Confusion));
                Assert.Equal(one.Brier ?? 0, other.Brier ?? 0, 12);
            },
            iter: 30);

    [Fact]
    public void Intervals_contain_the_figures_they_are_of()
    {
        var random = new Random(7);
        var rows = Enumerable.Range(0, 400).Select(_ =>
        {
            var probability = random.NextDouble();
            return new ScoredLabel(probability, random.NextDouble() < probability * probability);
        }).ToArray();

        var metrics = ModelEvaluator.Evaluate(rows, 0.5);

        var figures = new Dictionary<string, double?>
        {
            ["rocAuc"] = metrics.RocAuc,
            ["prAuc"] = metrics.PrAuc,
            ["logLoss"] = metrics.LogLoss,
            ["brier"] = metrics.Brier,
            ["ece"] = metrics.Ece,
            ["precision"] = metrics.Precision,
            ["recall"] = metrics.Recall,
            ["f1"] = metrics.F1,
            ["accuracy"] = metrics.Accuracy,
        };
        Assert.Equal(figures.Keys.Order(StringComparer.Ordinal), metrics.Intervals.Keys.Order(StringComparer.Ordinal));
        Assert.All(figures, figure =>
        {
            var interval = metrics.Intervals[figure.Key];
            Assert.InRange(figure.Value!.Value, interval.Low, interval.High);
            Assert.True(interval.High - interval.Low < 0.25, figure.Key);
        });
    }

    private static readonly Gen<ScoredLabel[]> _rows =
        Gen.Select(Gen.Int[0, 6], Gen.Bool, static (sixths, removed) => new ScoredLabel(sixths / 6.0, removed)).Array[0, 25];

    private static EvaluationMetrics Evaluate(double threshold, params (double Probability, bool Removed)[] rows) =>
        ModelEvaluator.Evaluate([.. rows.Select(row => new ScoredLabel(row.Probability, row.Removed))], threshold);
}
