using System.Xml.Linq;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Charts;

/// <summary>A chart with its title, its description for those who do not see it, and its numbers as a table.</summary>
internal static class ChartFigure
{
    /// <param name="id">Unique on the page.</param>
    /// <param name="title">What is drawn, as a heading.</param>
    /// <param name="caption">What to see in it, in a sentence.</param>
    public static XElement Of(string id, string title, string caption, double height, IEnumerable<object> drawing, XElement table) => El(
        "figure",
        El("figcaption", El("h3", title), El("p", Class("small"), caption)),
        El(
            "svg",
            Class("chart"),
            At("viewBox", $"0 0 {Shown.Coordinate(Plot.ViewWidth)} {Shown.Coordinate(height)}"),
            At("role", "img"),
            At("aria-labelledby", $"{id}-title {id}-desc"),
            El("title", At("id", $"{id}-title"), title),
            El("desc", At("id", $"{id}-desc"), caption),
            drawing),
        El("details", El("summary", "Numbers"), Scroll($"Numbers of: {title}", table)));

    /// <summary>A frame in which a wide table scrolls, by keyboard too.</summary>
    public static XElement Scroll(string label, XElement table) =>
        El("div", Class("scroll"), At("tabindex", "0"), At("role", "region"), At("aria-label", label), table);

    /// <summary>A table of numbers.</summary>
    public static XElement Table(IEnumerable<string> heads, IEnumerable<IReadOnlyList<string>> rows) => El(
        "table",
        El("thead", El("tr", Heads([.. heads]))),
        El("tbody", rows.Select(row => El("tr", row.Select(cell => El("td", Class("n"), cell))))));

    /// <summary>Heads of columns of numbers.</summary>
    public static IEnumerable<XElement> Heads(params string[] heads) => heads.Select(head => El("th", At("scope", "col"), Class("n"), head));

    /// <summary>About twenty of the points of a curve, evenly picked, its ends among them.</summary>
    public static IEnumerable<T> Pick<T>(IReadOnlyList<T> points)
    {
        const int Most = 21;
        return points.Count <= Most
            ? points
            : Enumerable.Range(0, Most).Select(i => points[(int)Math.Round(i * (points.Count - 1) / (Most - 1.0))]);
    }

    /// <summary>Stands where a curve cannot be drawn.</summary>
    public static XElement Absent(string title, string reason) =>
        El("figure", El("figcaption", El("h3", title), El("p", Class("small"), reason)));
}
