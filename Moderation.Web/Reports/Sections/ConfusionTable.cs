using System.Xml.Linq;

using Moderation.Pipeline.Models.Evaluation;
using Moderation.Web.Reports.Charts;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Sections;

/// <summary>What was flagged against what was removed.</summary>
internal static class ConfusionTable
{
    public static XElement Of(EvaluationMetrics metrics)
    {
        var c = metrics.Confusion;
        return ChartFigure.Scroll("Confusion matrix", El(
            "table",
            Class("matrix"),
            El("caption", $"Confusion matrix at the threshold {Shown.Threshold(metrics.Threshold)}; shares are of the row."),
            El("thead", El(
                "tr",
                El("td"),
                El("th", At("scope", "col"), Class("n"), "flagged"),
                El("th", At("scope", "col"), Class("n"), "not flagged"))),
            El(
                "tbody",
                El("tr", El("th", At("scope", "row"), "removed"), Cell(c.Tp, c.Tp + c.Fn, "tp", "right", "caught"), Cell(c.Fn, c.Tp + c.Fn, "fn", "wrong", "missed")),
                El("tr", El("th", At("scope", "row"), "kept"), Cell(c.Fp, c.Fp + c.Tn, "fp", "wrong", "flagged in vain"), Cell(c.Tn, c.Fp + c.Tn, "tn", "right", "let through")))));

        XElement Cell(int count, int row, string figure, string kind, string meaning) => El(
            "td",
            Class(kind),
            El("span", Class("value"), Shown.Count(count)),
            El("span", Class("small"), $"{meaning}, {Shown.Share(row == 0 ? null : (double)count / row)}"),
            metrics.Intervals.TryGetValue(figure, out var interval)
                ? El("span", Class("small"), $"95%: {Shown.Count((long)interval.Low)}–{Shown.Count((long)interval.High)}")
                : null);
    }
}
