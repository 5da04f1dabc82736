using System.Globalization;
using System.Xml.Linq;

using Moderation.Pipeline.Models.Exploration;
using Moderation.Web.Reports.Charts;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Sections;

/// <summary>What the labelled rows are like.</summary>
internal static class DataSection
{
    public static XElement Of(DataSummary data) => El(
        "section",
        El("h2", "Data"),
        El("div", Class("pair"), LengthChart.Of(data), Facts(data)),
        El(
            "div",
            Class("pair block"),
            Terms("Words that go with removal", data.Terms.Removed, "removed"),
            Terms("Words that go with being kept", data.Terms.Kept, "kept")));

    public static XElement Fact(string name, string value) => El("div", El("dt", name), El("dd", value));

    private static XElement Facts(DataSummary data) => El(
        "div",
        El("h3", "Rows"),
        El(
            "dl",
            Class("facts"),
            Fact("Comments", Shown.Count(data.Rows)),
            Fact("Removed", $"{Shown.Count(data.Removed)} ({Shown.Share(data.RemovedShare)})"),
            Fact("Rows that repeat a text", Shown.Count(data.Duplicates.RepeatedRows)),
            Fact("Texts with both labels", $"{Shown.Count(data.Duplicates.ConflictingTexts)} ({Shown.Count(data.Duplicates.ConflictingRows)} rows)"),
            Fact("Moderators' notices", $"{Shown.Count(data.Notices.Rows)} ({Shown.Count(data.Notices.Removed)} removed)"),
            Fact("Empty after cleaning", Shown.Count(data.EmptyRows))));

    private static XElement Terms(string title, IReadOnlyList<TermWeight> terms, string kind) => El(
        "div",
        El("h3", title),
        terms.Count == 0 ? El("p", Class("small"), "None stands out.") : ChartFigure.Scroll(title, El(
            "table",
            El("thead", El(
                "tr",
                El("th", At("scope", "col"), "Word"),
                El("th", At("scope", "col"), Class("scale"), "Strength"),
                ChartFigure.Heads("z", "In removed", "In kept"))),
            El("tbody", terms.Select(term => Row(term, Math.Abs(terms[0].Z), kind))))));

    private static XElement Row(TermWeight term, double most, string kind) => El(
        "tr",
        El("th", At("scope", "row"), Class("name"), term.Term),
        El("td", Class("scale"), El(
            "svg",
            At("viewBox", "0 0 120 20"),
            At("aria-hidden", "true"),
            El("rect", Class($"bar {kind}"), At("x", 0), At("y", 6), At("width", 120 * Math.Abs(term.Z) / most), At("height", 8)))),
        El("td", Class("n"), Math.Abs(term.Z).ToString("F1", CultureInfo.InvariantCulture)),
        El("td", Class("n"), Shown.Count(term.RemovedTexts)),
        El("td", Class("n"), Shown.Count(term.KeptTexts)));
}
