using System.Xml.Linq;

using Moderation.Pipeline.Models.Evaluation;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Charts;

/// <summary>How many of the flagged comments are right, by how many of the removed ones are caught.</summary>
internal static class PrChart
{
    private const string Title = "Precision by recall";

    public static XElement Of(IReadOnlyList<PrPoint> points, EvaluationMetrics metrics)
    {
        if (points.Count == 0)
        {
            return ChartFigure.Absent(Title, "It needs removed comments.");
        }

        var plot = Plot.Square;
        var baseRate = (double)(metrics.Confusion.Tp + metrics.Confusion.Fn) / metrics.Rows;
        var caption = $"The area under it (average precision) is {Shown.Figure(metrics.PrAuc)}; flagging at random would give the base rate, {Shown.Figure(baseRate)}. "
            + (metrics.Precision is { } right
                ? $"At the threshold {Shown.Threshold(metrics.Threshold)}, {Shown.Share(right)} of the flagged were removed."
                : $"At the threshold {Shown.Threshold(metrics.Threshold)} nothing is flagged.");
        var line = points.Select(point => plot.Point(point.Recall, point.Precision)).Prepend(plot.Point(0, points[0].Precision));
        object[] drawing =
        [
            plot.Frame("recall: share of removed that is flagged", "precision: share of flagged that was removed"),
            plot.Line("reference", 0, baseRate, 1, baseRate),
            El("polyline", Class("curve"), At("points", string.Join(' ', line))),
            plot.Note(0, baseRate, 4, baseRate < 0.1 ? -6 : 14, "start", $"base rate {Shown.Short(baseRate)}"),
            .. AtThreshold(plot, metrics),
        ];
        return ChartFigure.Of("pr", Title, caption, Plot.ViewHeight, drawing, ChartFigure.Table(
            ["probability from", "recall", "precision"],
            ChartFigure.Pick(points).Select(point => new[] { Shown.Figure(point.Probability), Shown.Share(point.Recall), Shown.Share(point.Precision) })));
    }

    private static IEnumerable<XElement> AtThreshold(Plot plot, EvaluationMetrics metrics)
    {
        if (metrics is { Precision: { } precision, Recall: { } recall })
        {
            var anchor = recall > 0.7 ? "end" : "start";
            yield return plot.Dot(recall, precision);
            yield return plot.Note(recall, precision, anchor == "end" ? -8 : 8, -8, anchor, $"at {Shown.Threshold(metrics.Threshold)}");
        }
    }
}
