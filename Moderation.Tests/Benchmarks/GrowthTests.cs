using System.Globalization;
using System.Xml.Linq;

using Moderation.Benchmarks.Plots;
using Moderation.Benchmarks.Stores;

namespace Moderation.Tests.Benchmarks;

public sealed class GrowthTests
{
    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Sizes_grow_by_1_2_5_up_to_the_one_asked_for()
    {
        Assert.Equal([10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000], Growth.Sizes(1_000_000));
        Assert.Equal([10_000, 20_000, 30_000], Growth.Sizes(30_000));
        Assert.Equal([2_000], Growth.Sizes(2_000));
    }

    [Fact]
    public void The_plot_shows_each_chunk_within_its_frame_and_says_its_ends_in_words()
    {
        var growing = new GrowthCurve("ids that grow", [.. Points(40_000, 38_000)]);
        var random = new GrowthCurve("random ids", [.. Points(37_000, 9_000)]);

        var plot = GrowthPlot.Draw([growing, random]);

        Assert.Equal(12, plot.Elements(_svg + "circle").Count());
        Assert.All(plot.Elements(_svg + "circle"), dot =>
        {
            Assert.InRange(Number(dot, "cx"), 72, 600);
            Assert.InRange(Number(dot, "cy"), 40, 304);
        });
        var lines = plot.Elements(_svg + "polyline").Select(line => line.Attribute("points")!.Value.Split(' ')).ToList();
        Assert.All(lines, line => Assert.Equal(2, line.Length));
        Assert.True(Height(lines[1][1]) > Height(lines[1][0]), "what gets slower goes down");
        Assert.Equal(
            "ids that grow: 40,000 comments a second at 10,000, 38,000 at 1,000,000; random ids: 37,000 comments a second at 10,000, 9,000 at 1,000,000",
            plot.Attribute("aria-label")!.Value);
        Assert.Contains("prefers-color-scheme:dark", plot.Element(_svg + "style")!.Value, StringComparison.Ordinal);

        static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        static double Height(string point) => double.Parse(point.Split(',')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Three chunks at the beginning and three at the end.</summary>
    private static IEnumerable<GrowthPoint> Points(double first, double last) =>
        new[] { (10_000L, first), (1_000_000L, last) }.SelectMany(size => Enumerable.Range(0, 3).Select(
            i => new GrowthPoint(size.Item1, size.Item1 + (i * 1_000), size.Item2 + ((i - 1) * 500), 25)));
}
