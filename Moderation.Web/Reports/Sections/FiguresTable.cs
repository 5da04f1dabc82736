using System.Xml.Linq;

using Moderation.Pipeline.Models.Evaluation;
using Moderation.Web.Reports.Charts;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Sections;

/// <summary>Every figure with its interval.</summary>
internal static class FiguresTable
{
    public static XElement Of(EvaluationMetrics m) => ChartFigure.Scroll("Figures", El(
        "table",
        El("caption", "With 95% bootstrap intervals. Of log-loss, Brier score and calibration error, less is better."),
        El("thead", El(
            "tr",
            El("th", At("scope", "col"), "Figure"),
            El("th", At("scope", "col"), Class("n"), "Value"),
            El("th", At("scope", "col"), Class("n"), "95% interval"),
            El("th", At("scope", "col"), Class("scale"), "0 to 1"))),
        El(
            "tbody",
            Row("ROC-AUC", "rocAuc", m.RocAuc, m),
            Row("PR-AUC", "prAuc", m.PrAuc, m),
            Row("Log-loss", "logLoss", m.LogLoss, m),
            Row("Brier score", "brier", m.Brier, m),
            Row("Calibration error", "ece", m.Ece, m),
            Row("Precision", "precision", m.Precision, m),
            Row("Recall", "recall", m.Recall, m),
            Row("F1", "f1", m.F1, m),
            Row("Accuracy", "accuracy", m.Accuracy, m))));

    private static XElement Row(string label, string figure, double? value, EvaluationMetrics metrics)
    {
        Interval? interval = metrics.Intervals.TryGetValue(figure, out var known) ? known : null;
        return El(
            "tr",
            El("th", At("scope", "row"), label),
            El("td", Class("n"), Shown.Figure(value)),
            El("td", Class("n"), interval is { } range ? Shown.Range(range) : Shown.Missing),
            El("td", Class("scale"), IntervalMark.Of(value, interval)));
    }
}
