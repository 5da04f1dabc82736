using System.Xml.Linq;

using Moderation.Pipeline.Models.Evaluation;
using Moderation.Web.Reports.Charts;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Sections;

/// <summary>The figures of parts of the rows, beside those of the whole.</summary>
internal static class SlicesSection
{
    private const int LongestName = 60;

    public static XElement Of(IReadOnlyList<EvaluationSlice> slices, EvaluationMetrics whole) => El(
        "section",
        El("h2", "Slices"),
        El("p", Class("lead"), "A model can be good on the whole and blind for some. Where an interval leaves out the ROC-AUC of all comments (the upright stroke), the difference is likely real."),
        Table("By length, in characters", EvaluationSlices.Length, slices, whole),
        Table("By community", EvaluationSlices.Community, slices, whole));

    private static XElement? Table(string title, string by, IReadOnlyList<EvaluationSlice> slices, EvaluationMetrics whole)
    {
        var rows = slices.Where(slice => slice.By == by).ToList();
        if (rows.Count == 0)
        {
            return null;
        }

        return El("div", Class(by == EvaluationSlices.Length ? "" : "block"), El("h3", title), ChartFigure.Scroll(title, El(
            "table",
            El("thead", El(
                "tr",
                El("th", At("scope", "col"), by == EvaluationSlices.Length ? "Characters" : "Community"),
                ChartFigure.Heads("Comments", "Removed", "ROC-AUC", "95% interval"),
                El("th", At("scope", "col"), Class("scale"), "0 to 1"),
                ChartFigure.Heads("Precision", "Recall", "Calibration error"))),
            El(
                "tbody",
                Row("whole", "all", (double)(whole.Confusion.Tp + whole.Confusion.Fn) / whole.Rows, whole, null),
                rows.Select(slice => Row("", Cut(slice.Name), slice.RemovedShare, slice.Metrics, whole.RocAuc))))));
    }

    private static string Cut(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";

    private static XElement Row(string kind, string name, double removed, EvaluationMetrics m, double? reference)
    {
        Interval? interval = m.Intervals.TryGetValue("rocAuc", out var known) ? known : null;
        return El(
            "tr",
            Class(kind),
            El("th", At("scope", "row"), Class("name"), name),
            El("td", Class("n"), Shown.Count(m.Rows)),
            El("td", Class("n"), Shown.Share(removed)),
            El("td", Class("n"), Shown.Figure(m.RocAuc)),
            El("td", Class("n"), interval is { } range ? Shown.Range(range) : Shown.Missing),
            El("td", Class("scale"), IntervalMark.Of(m.RocAuc, interval, reference)),
            El("td", Class("n"), Shown.Figure(m.Precision)),
            El("td", Class("n"), Shown.Figure(m.Recall)),
            El("td", Class("n"), Shown.Figure(m.Ece)));
    }
}
