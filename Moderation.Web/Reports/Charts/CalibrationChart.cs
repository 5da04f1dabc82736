using System.Xml.Linq;

using Moderation.Pipeline.Models.Evaluation;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Charts;

/// <summary>What share of the comments of each probability was removed, above a strip of how many those are.</summary>
internal static class CalibrationChart
{
    private const double StripHeight = 36;
    private const double StripGap = 48;

    public static XElement Of(IReadOnlyList<CalibrationBin> bins)
    {
        var plot = Plot.Square;
        var filled = bins.Where(bin => bin.Rows > 0).ToList();
        object[] drawing =
        [
            plot.Frame("probability", "share removed"),
            plot.Line("reference", 0, 0, 1, 1),
            El("polyline", Class("curve"), At("stroke-opacity", 0.4), At("points", string.Join(' ', filled.Select(bin => plot.Point(bin.MeanProbability!.Value, bin.RemovedShare!.Value))))),
            filled.Select(bin => plot.Line("whisker", bin.MeanProbability!.Value, bin.Interval.Low, bin.MeanProbability.Value, bin.Interval.High)),
            filled.Select(bin => plot.Dot(bin.MeanProbability!.Value, bin.RemovedShare!.Value)),
            Strip(plot, bins),
        ];
        return ChartFigure.Of(
            "calibration",
            "Calibration",
            "On the dashed line, of the comments that got 0.7, say, 70% were removed. The bars are 95% intervals; the strip counts the comments.",
            plot.Bottom + StripGap + StripHeight + 4,
            drawing,
            ChartFigure.Table(
                ["probability", "comments", "mean", "removed", "95% interval"],
                bins.Select(bin => new[]
                {
                    $"{Shown.Short(bin.From)}–{Shown.Short(bin.To)}", Shown.Count(bin.Rows), Shown.Figure(bin.MeanProbability), Shown.Share(bin.RemovedShare),
                    bin.Rows == 0 ? Shown.Missing : $"{Shown.Share(bin.Interval.Low)}–{Shown.Share(bin.Interval.High)}",
                })));
    }

    private static IEnumerable<XElement> Strip(Plot plot, IReadOnlyList<CalibrationBin> bins)
    {
        const double LabelHeight = 12;
        var most = Math.Max(1, bins.Max(bin => bin.Rows));
        var bottom = plot.Bottom + StripGap + StripHeight;
        foreach (var bin in bins)
        {
            var height = (StripHeight - LabelHeight) * bin.Rows / most;
            var middle = plot.X((bin.From + bin.To) / 2);
            yield return El(
                "rect", Class("bar"), At("x", plot.X(bin.From) + 1), At("y", bottom - height), At("width", plot.X(bin.To) - plot.X(bin.From) - 2), At("height", height));
            yield return El("text", At("x", middle), At("y", bottom - height - 3), At("text-anchor", "middle"), Shown.ShortCount(bin.Rows));
        }
    }
}
