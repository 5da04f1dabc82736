using System.Xml.Linq;

using Moderation.Pipeline.Models.Evaluation;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Charts;

/// <summary>How many comments got which probability: removed ones upwards, kept ones downwards.</summary>
internal static class ScoreChart
{
    private const double LabelRoom = 20;

    public static XElement Of(IReadOnlyList<ScoreBin> bins, double threshold)
    {
        var plot = Plot.Square;
        // Both sides share one scale, so the side with the taller bar gets more room.
        double mostRemoved = Math.Max(1, bins.Max(bin => bin.Removed)), mostKept = Math.Max(1, bins.Max(bin => bin.Kept));
        var unit = (plot.Height - LabelRoom) / (mostRemoved + mostKept);
        var middle = plot.Top + LabelRoom + (mostRemoved * unit);
        var anchor = threshold > 0.7 ? "end" : "start";
        object[] drawing =
        [
            Ticks(plot, middle, unit, mostRemoved, -1),
            Ticks(plot, middle, unit, mostKept, 1),
            bins.Select(bin => Bar(plot, bin, middle - (bin.Removed * unit), bin.Removed * unit, "bar removed")),
            bins.Select(bin => Bar(plot, bin, middle, bin.Kept * unit, "bar kept")),
            El("line", Class("axis"), At("x1", plot.Left), At("x2", plot.Right), At("y1", middle), At("y2", middle)),
            plot.Line("mark", threshold, 0, threshold, 1),
            plot.Note(threshold, 1, anchor == "end" ? -6 : 6, 12, anchor, $"threshold {Shown.Threshold(threshold)}"),
            El("text", Class("removed note"), At("x", plot.Right), At("y", plot.Top + 12), At("text-anchor", "end"), "removed"),
            El("text", Class("kept note"), At("x", plot.Right), At("y", plot.Bottom - 4), At("text-anchor", "end"), "kept"),
            plot.Across("probability"),
            El("text", At("x", 0), At("y", 12), "comments"),
        ];
        return ChartFigure.Of(
            "scores",
            "Scores",
            "How many comments got which probability: removed ones upwards, kept ones downwards, on one scale. What stands right of the line is flagged.",
            Plot.ViewHeight,
            drawing,
            ChartFigure.Table(
                ["probability", "removed", "kept"],
                bins.Select(bin => new[] { $"{Shown.Short(bin.From)}–{Shown.Short(bin.To)}", Shown.Count(bin.Removed), Shown.Count(bin.Kept) })));
    }

    private static XElement Bar(Plot plot, ScoreBin bin, double top, double height, string kind) => El(
        "rect", Class(kind), At("x", plot.X(bin.From) + 1), At("y", top), At("width", plot.X(bin.To) - plot.X(bin.From) - 2), At("height", height));

    /// <summary>One or two round counts on a side of the axis.</summary>
    private static IEnumerable<XElement> Ticks(Plot plot, double middle, double unit, double most, int direction)
    {
        var step = RoundStep(most / 2);
        for (var count = step; count <= most && count * unit > 12; count += step)
        {
            var y = middle + (direction * count * unit);
            yield return El("line", Class("grid"), At("x1", plot.Left), At("x2", plot.Right), At("y1", y), At("y2", y));
            yield return El("text", At("x", plot.Left - 6), At("y", y + 4), At("text-anchor", "end"), Shown.ShortCount((long)count));
        }
    }

    /// <summary>The greatest of 1, 2, 5, 10, 20, 50 … that is not above a number, and at least 1.</summary>
    private static double RoundStep(double atMost)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, atMost))));
        return (atMost / power) switch { >= 5 => 5 * power, >= 2 => 2 * power, _ => power };
    }
}
