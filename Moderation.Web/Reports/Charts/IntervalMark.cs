using System.Xml.Linq;

using Moderation.Pipeline.Models.Evaluation;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Charts;

/// <summary>A figure and its interval on a line from 0 to 1, small enough for a table's cell, which holds the numbers.</summary>
internal static class IntervalMark
{
    private const double Width = 120;
    private const double Middle = 10;

    /// <param name="reference">Marked on the line: the same figure over all rows, say.</param>
    public static XElement Of(double? value, Interval? interval, double? reference = null) => El(
        "svg",
        At("viewBox", "0 0 120 20"),
        At("aria-hidden", "true"),
        El("line", Class("grid"), At("x1", X(0)), At("x2", X(1)), At("y1", Middle), At("y2", Middle)),
        reference is { } mark ? El("line", Class("mark"), At("x1", X(mark)), At("x2", X(mark)), At("y1", 4), At("y2", 16)) : null,
        interval is { } range ? El("line", Class("whisker"), At("x1", X(range.Low)), At("x2", X(range.High)), At("y1", Middle), At("y2", Middle)) : null,
        value is { } known ? El("circle", Class("dot"), At("cx", X(known)), At("cy", Middle), At("r", 3.5)) : null);

    private static double X(double value) => 6 + (Math.Clamp(value, 0, 1) * (Width - 12));
}
