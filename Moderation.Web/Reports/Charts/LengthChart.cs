using System.Xml.Linq;

using Moderation.Pipeline.Models.Exploration;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Charts;

/// <summary>How long removed and kept comments are, each as shares of their own label.</summary>
internal static class LengthChart
{
    private const double RowHeight = 28;
    private const double BarHeight = 10;
    private const double Left = 84;
    private const double Top = 4;

    public static XElement Of(DataSummary data)
    {
        var bins = data.Lengths.Histogram;
        var most = bins.Max(bin => Math.Max(Share(bin.Removed, data.Removed), Share(bin.Kept, data.Kept)));
        return ChartFigure.Of(
            "lengths",
            "Length",
            $"Characters a comment, as shares of the removed and of the kept ones. {Middle("Removed", data.Lengths.Removed)} {Middle("Kept", data.Lengths.Kept)}",
            Top + (bins.Count * RowHeight) + 4,
            bins.SelectMany((bin, row) => Row(bin, row, data, most)),
            ChartFigure.Table(
                ["characters", "removed", "of them", "kept", "of them"],
                bins.Select(bin => new[]
                {
                    Name(bin), Shown.Count(bin.Removed), Shown.Share(Share(bin.Removed, data.Removed)), Shown.Count(bin.Kept), Shown.Share(Share(bin.Kept, data.Kept)),
                })));
    }

    public static string Name(LengthBin bin) => bin.To is { } to ? $"{Shown.Count(bin.From)}–{Shown.Count(to)}" : $"{Shown.Count(bin.From)} and up";

    private static string Middle(string label, LengthQuantiles? lengths) => lengths is null
        ? ""
        : $"{label}: median {Shown.Count(lengths.Median)}, half of them {Shown.Count(lengths.Quarter)} to {Shown.Count(lengths.ThreeQuarters)}.";

    private static IEnumerable<XElement> Row(LengthBin bin, int row, DataSummary data, double most)
    {
        var top = Top + (row * RowHeight);
        yield return El("text", At("x", Left - 8), At("y", top + BarHeight + 4), At("text-anchor", "end"), Name(bin));
        foreach (var part in Bar(top, Share(bin.Removed, data.Removed), most, "removed", row == 0).Concat(Bar(top + BarHeight + 1, Share(bin.Kept, data.Kept), most, "kept", row == 0)))
        {
            yield return part;
        }
    }

    private static IEnumerable<XElement> Bar(double top, double share, double most, string kind, bool named)
    {
        const double LabelRoom = 92;
        var width = most == 0 ? 0 : (Plot.ViewWidth - Left - LabelRoom) * share / most;
        yield return El("rect", Class($"bar {kind}"), At("x", Left), At("y", top), At("width", width), At("height", BarHeight));
        // The first row says which is which; the others follow its colours and its order.
        yield return El(
            "text", Class(named ? kind : "quiet"), At("x", Left + width + 6), At("y", top + BarHeight - 1), named ? $"{Shown.Share(share)} of {kind}" : Shown.Share(share));
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
