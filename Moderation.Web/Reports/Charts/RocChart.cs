using System.Xml.Linq;

using Moderation.Pipeline.Models.Evaluation;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Charts;

/// <summary>How many removed comments are caught at the price of how many kept ones.</summary>
internal static class RocChart
{
    private const string Title = "ROC curve";

    public static XElement Of(IReadOnlyList<RocPoint> points, EvaluationMetrics metrics)
    {
        if (points.Count == 0)
        {
            return ChartFigure.Absent(Title, "It needs comments of both labels.");
        }

        var plot = Plot.Square;
        var c = metrics.Confusion;
        var falsePositives = (double)c.Fp / (c.Fp + c.Tn);
        var recall = (double)c.Tp / (c.Tp + c.Fn);
        var caption = $"The area under it is {Shown.Figure(metrics.RocAuc)}: how often a removed comment scores above a kept one. "
            + $"At the threshold {Shown.Threshold(metrics.Threshold)} it catches {Shown.Share(recall)} of the removed and flags {Shown.Share(falsePositives)} of the kept.";
        var anchor = falsePositives > 0.6 ? "end" : "start";
        object[] drawing =
        [
            plot.Frame("share of kept that is flagged", "share of removed that is flagged"),
            plot.Line("reference", 0, 0, 1, 1),
            plot.Note(0.9, 0.9, 0, 20, "middle", "chance"),
            El("polyline", Class("curve"), At("points", string.Join(' ', points.Select(point => plot.Point(point.FalsePositiveRate, point.TruePositiveRate))))),
            plot.Dot(falsePositives, recall),
            plot.Note(falsePositives, recall, anchor == "end" ? -10 : 10, 16, anchor, $"at {Shown.Threshold(metrics.Threshold)}"),
        ];
        return ChartFigure.Of("roc", Title, caption, Plot.ViewHeight, drawing, ChartFigure.Table(
            ["probability from", "kept flagged", "removed flagged"],
            ChartFigure.Pick(points).Select(point => new[]
            {
                point.Probability is { } from ? Shown.Figure(from) : Shown.Missing, Shown.Share(point.FalsePositiveRate), Shown.Share(point.TruePositiveRate),
            })));
    }
}
