using System.Xml.Linq;

using Moderation.Pipeline.Models.Evaluation;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Sections;

/// <summary>What was measured, and the few figures that matter most.</summary>
internal static class HeadSection
{
    public static XElement Of(EvaluationReport report)
    {
        var m = report.Metrics;
        return El(
            "header",
            El("h1", $"{report.Model} on {report.Data}"),
            El(
                "p",
                Class("quiet"),
                $"{Shown.Count(m.Rows)} comments, {Shown.Share(report.Summary.RemovedShare)} of them removed by moderators. "
                + $"Flagged is what scores above {Shown.Threshold(m.Threshold)}. Measured {Shown.Time(report.MeasuredAt)}."),
            El(
                "dl",
                Class("key"),
                Key("ROC-AUC", m.RocAuc, m, "rocAuc"),
                Key("PR-AUC", m.PrAuc, m, "prAuc", $"base rate {Shown.Figure(report.Summary.RemovedShare)}"),
                Key("Precision", m.Precision, m, "precision"),
                Key("Recall", m.Recall, m, "recall"),
                Key("Calibration error", m.Ece, m, "ece", report.CalibrationCeiling is { } ceiling ? $"chance: up to {Shown.Figure(ceiling)}" : null)));
    }

    private static XElement Key(string name, double? value, EvaluationMetrics metrics, string figure, string? beside = null) => El(
        "div",
        El("dt", name),
        El("dd", Class("value"), Shown.Figure(value)),
        El("dd", Class("small"), metrics.Intervals.TryGetValue(figure, out var interval) ? Shown.Range(interval) : "needs both labels"),
        beside is null ? null : El("dd", Class("small"), beside));
}
