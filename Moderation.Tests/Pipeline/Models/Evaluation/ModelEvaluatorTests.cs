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
                Assert.Equal(AveragePrecision(rows), metrics.PrAuc!.Value, 9);
                Assert.Equal(CalibrationError(rows), metrics.Ece!.Value, 9);
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
                Assert.Equal(one with { Intervals = other.Intervals }, other);
                Assert.Equal(one.Intervals, other.Intervals);
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
            ["tp"] = metrics.Confusion.Tp,
            ["fp"] = metrics.Confusion.Fp,
            ["tn"] = metrics.Confusion.Tn,
            ["fn"] = metrics.Confusion.Fn,
        };
        Assert.Equal(figures.Keys.Order(StringComparer.Ordinal), metrics.Intervals.Keys.Order(StringComparer.Ordinal));
        Assert.All(figures, figure =>
        {
            var interval = metrics.Intervals[figure.Key];
            Assert.InRange(figure.Value!.Value, interval.Low, interval.High);
            var most = figure.Key.Length == 2 ? 0.25 * metrics.Rows : 0.25;
            Assert.True(interval.High - interval.Low < most, figure.Key);
        });
    }

    [Fact]
    public void The_interval_of_a_calibration_error_holds_it_even_when_there_is_none_but_noise()
    {
        var random = new Random(3);
        for (var set = 0; set < 20; set++)
        {
            var metrics = ModelEvaluator.Evaluate([.. Calibrated(random, 100)], 0.5);

            Assert.InRange(metrics.Ece!.Value, metrics.Intervals["ece"].Low, metrics.Intervals["ece"].High);
        }
    }

    [Fact]
    public void About_19_of_20_intervals_hold_what_they_are_to_hold()
    {
        // Labels drawn with p uniform on 0 to 1: ROC-AUC is 5/6, Brier score 1/6, accuracy at 0.5 is 3/4.
        var random = new Random(11);
        int rocAuc = 0, brier = 0, accuracy = 0;
        const int Sets = 200;
        for (var set = 0; set < Sets; set++)
        {
            var intervals = ModelEvaluator.Evaluate([.. Calibrated(random, 200)], 0.5).Intervals;
            rocAuc += Holds(intervals["rocAuc"], 5 / 6.0);
            brier += Holds(intervals["brier"], 1 / 6.0);
            accuracy += Holds(intervals["accuracy"], 0.75);
        }

        Assert.All([rocAuc, brier, accuracy], held => Assert.InRange(held, 0.9 * Sets, 0.99 * Sets));

        static int Holds(Interval interval, double value) => value >= interval.Low && value <= interval.High ? 1 : 0;
    }

    [Fact]
    public void However_the_cores_share_the_work_the_figures_are_the_same()
    {
        ScoredLabel[] rows = [.. Calibrated(new Random(5), 20_000)];

        var one = ModelEvaluator.Evaluate(rows, 0.5);
        var other = ModelEvaluator.Evaluate(rows, 0.5);

        Assert.Equal(one.Intervals, other.Intervals);
        Assert.InRange(5 / 6.0, one.Intervals["rocAuc"].Low, one.Intervals["rocAuc"].High);
        Assert.True(one.Intervals["rocAuc"].High - one.Intervals["rocAuc"].Low < 0.02);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 400)]
    [InlineData(200_000, 400)]
    [InlineData(400_000, 200)]
    [InlineData(50_000_000, 100)]
    public void Past_200_000_rows_there_are_fewer_resamples(int rows, int resamples) => Assert.Equal(resamples, Resampling.CountFor(rows));

    private static IEnumerable<ScoredLabel> Calibrated(Random random, int rows) => Enumerable.Range(0, rows).Select(_ =>
    {
        var probability = random.NextDouble();
        return new ScoredLabel(probability, random.NextDouble() < probability);
    });

    /// <summary>As it is written: over the distinct scores, the precision there times the recall gained there.</summary>
    private static double AveragePrecision(ScoredLabel[] rows)
    {
        double sum = 0, before = 0, removed = rows.Count(row => row.Removed);
        foreach (var score in rows.Select(row => row.Probability).Distinct().OrderDescending())
        {
            var flagged = rows.Where(row => row.Probability >= score).ToList();
            var recall = flagged.Count(row => row.Removed) / removed;
            sum += (recall - before) * flagged.Average(row => row.Removed ? 1.0 : 0);
            before = recall;
        }

        return sum;
    }

    private static double CalibrationError(ScoredLabel[] rows) => rows
        .GroupBy(row => row.Probability >= 1 ? 9 : (int)Math.Floor(row.Probability * 10))
        .Sum(bin => Math.Abs(bin.Average(row => row.Probability) - bin.Average(row => row.Removed ? 1.0 : 0)) * bin.Count() / rows.Length);

    private static readonly Gen<ScoredLabel[]> _rows =
        Gen.Select(Gen.Int[0, 6], Gen.Bool, static (sixths, removed) => new ScoredLabel(sixths / 6.0, removed)).Array[0, 25];

    private static EvaluationMetrics Evaluate(double threshold, params (double Probability, bool Removed)[] rows) =>
        ModelEvaluator.Evaluate([.. rows.Select(row => new ScoredLabel(row.Probability, row.Removed))], threshold);
}
