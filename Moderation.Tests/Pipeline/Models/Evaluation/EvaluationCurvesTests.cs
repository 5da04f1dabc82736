using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Tests.Pipeline.Models.Evaluation;

public sealed class EvaluationCurvesTests
{
    [Fact]
    public void A_tie_is_one_step_of_both_curves()
    {
        var curves = EvaluationCurves.Of([new(0.9, true), new(0.6, true), new(0.6, false), new(0.2, false)]);

        Assert.Equal([new RocPoint(null, 0, 0), new(0.9, 0, 0.5), new(0.6, 0.5, 1), new(0.2, 1, 1)], curves.Roc);
        Assert.Equal([new PrPoint(0.9, 0.5, 1), new(0.6, 1, 2 / 3.0), new(0.2, 1, 0.5)], curves.Pr);
    }

    [Fact]
    public void Bins_count_every_row_once_and_1_is_in_the_last()
    {
        var curves = EvaluationCurves.Of([new(0, false), new(0.04, true), new(0.05, false), new(0.1, true), new(0.95, true), new(1, false)]);

        Assert.Equal([3, 1, 0, 0, 0, 0, 0, 0, 0, 2], curves.Calibration.Select(bin => bin.Rows));
        Assert.Equal(0.03, curves.Calibration[0].MeanProbability!.Value, 12);
        Assert.Equal(1 / 3.0, curves.Calibration[0].RemovedShare);
        Assert.Null(curves.Calibration[2].MeanProbability);
        Assert.Null(curves.Calibration[2].RemovedShare);
        Assert.Equal((20, 3, 3), (curves.Scores.Count, curves.Scores.Sum(bin => bin.Removed), curves.Scores.Sum(bin => bin.Kept)));
        Assert.Equal((1, 1), (curves.Scores[0].Removed, curves.Scores[0].Kept));
        Assert.Equal((1, 1), (curves.Scores[19].Removed, curves.Scores[19].Kept));
    }

    [Fact]
    public void A_long_curve_is_thinned_and_keeps_its_ends_its_direction_and_its_area()
    {
        var random = new Random(2);
        ScoredLabel[] rows = [.. Enumerable.Range(0, 20_000).Select(_ => new ScoredLabel(random.NextDouble(), random.NextDouble() < 0.3))];

        var curves = EvaluationCurves.Of(rows);

        Assert.InRange(curves.Roc.Count, 300, EvaluationCurves.MostPoints);
        Assert.InRange(curves.Pr.Count, 300, EvaluationCurves.MostPoints);
        Assert.Equal((0, 0), (curves.Roc[0].FalsePositiveRate, curves.Roc[0].TruePositiveRate));
        Assert.Equal((1, 1), (curves.Roc[^1].FalsePositiveRate, curves.Roc[^1].TruePositiveRate));
        Assert.Equal(rows.Max(row => row.Probability), curves.Pr[0].Probability);
        Assert.Equal(1, curves.Pr[^1].Recall);
        var steps = curves.Roc.Zip(curves.Roc.Skip(1)).ToList();
        Assert.All(steps, step => Assert.True(step.Second.FalsePositiveRate >= step.First.FalsePositiveRate && step.Second.TruePositiveRate >= step.First.TruePositiveRate));
        var area = steps.Sum(step => (step.Second.FalsePositiveRate - step.First.FalsePositiveRate) * (step.First.TruePositiveRate + step.Second.TruePositiveRate) / 2);
        Assert.Equal(ModelEvaluator.Evaluate(rows, 0.5).RocAuc!.Value, area, 3);
    }

    [Fact]
    public void Without_both_labels_there_is_no_curve_that_needs_them()
    {
        Assert.Empty(EvaluationCurves.Of([new(0.5, true)]).Roc);
        Assert.Single(EvaluationCurves.Of([new(0.5, true)]).Pr);
        Assert.Empty(EvaluationCurves.Of([new(0.5, false)]).Pr);
        Assert.Equal(0, EvaluationCurves.Of([]).Calibration.Sum(bin => bin.Rows));
    }
}
