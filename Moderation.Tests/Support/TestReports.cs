using Moderation.Pipeline.Models.Evaluation;
using Moderation.Pipeline.Models.Exploration;
using Moderation.Pipeline.Models.Training;
using Moderation.Web.Reports;

namespace Moderation.Tests.Support;

/// <summary>Reports on models that never were, with every part that a report can have.</summary>
internal static class TestReports
{
    /// <summary>Comments of many lengths, a third of them removed.</summary>
    public static LabelledComment[] Comments(int count, string? community = "c") =>
        [.. TestModels.Rows(count).Select((row, i) => new LabelledComment(new string('x', 7 * i % 1_500) + row.Body, row.Removed, community))];

    public static EvaluationReport Of(LabelledComment[] comments)
    {
        var random = new Random(1);
        ScoredLabel[] scores = [.. comments.Select(comment => new ScoredLabel((random.NextDouble() + (comment.Removed ? 1 : 0)) / 2, comment.Removed))];
        return new EvaluationReport
        {
            Model = "v1",
            Card = TestModels.Card,
            Data = "a.csv",
            MeasuredAt = DateTimeOffset.UnixEpoch,
            Metrics = ModelEvaluator.Evaluate(scores, 0.5),
            Curves = EvaluationCurves.Of(scores),
            CalibrationCeiling = CalibrationNull.Ceiling([.. scores.Select(score => score.Probability)]),
            Slices = EvaluationSlices.Of(comments, scores, 0.5),
            Summary = DataSummary.Of(comments, TestContext.Current.CancellationToken),
        };
    }
}
