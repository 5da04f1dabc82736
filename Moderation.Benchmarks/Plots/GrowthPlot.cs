using System.Globalization;
using System.Xml.Linq;

using Moderation.Benchmarks.Stores;

namespace Moderation.Benchmarks.Plots;

/// <summary>Comments a second over the size of the database, as a picture that follows the reader's light or dark theme.</summary>
internal static class GrowthPlot
{
    private const double Width = 720;
    private const double Height = 360;
    private const double Left = 72;
    private const double Right = 600;
    private const double Top = 40;
    private const double Bottom = 304;
    private const int Lines = 5;

    private const string Style =
        """
        text{font:12px system-ui,sans-serif;fill:#566070}.title{font-size:14px;font-weight:600;fill:#1d2430}.ground{fill:#fff}
        .grid{stroke:#dfe3e8}.axis{stroke:#566070}.line{fill:none;stroke-width:2}
        .s0{stroke:#2f5bd0}.s1{stroke:#a04a00;stroke-dasharray:6 4}.d0{fill:#2f5bd0}.d1{fill:#a04a00}
        @media (prefers-color-scheme:dark){text{fill:#a9b3c1}.title{fill:#e6eaf0}.ground{fill:#161b22}.grid{stroke:#30363d}.axis{stroke:#8b949e}
        .s0{stroke:#8fb0ff}.s1{stroke:#ffb070}.d0{fill:#8fb0ff}.d1{fill:#ffb070}}
        """;

    private static readonly double[] _steps = [1, 2, 5, 10];

    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    /// <param name="curves">Two at most; the first is drawn through, the second dashed.</param>
    public static void Write(string path, IReadOnlyList<GrowthCurve> curves) => File.WriteAllText(path, Draw(curves) + "\n");

    public static XElement Draw(IReadOnlyList<GrowthCurve> curves)
    {
        var points = curves.SelectMany(curve => curve.Points).ToList();
        var (least, most) = (Math.Log10(points.Min(point => point.Rows)), Math.Log10(points.Max(point => point.Rows)));
        var (from, to) = (Math.Floor(least), Math.Max(most, Math.Floor(least) + 1));
        var step = Step(points.Max(point => point.PerSecond));
        var axes = new Axes(from, to, step * Lines);
        return El(
            "svg",
            [
                At("viewBox", FormattableString.Invariant($"0 0 {Width} {Height}")), At("role", "img"), At("aria-label", Describe(curves)),
                El("style", Style),
                Box("ground"),
                Text(Left, 20, "start", "Comments a second, by how many the database holds", "title"),
                Enumerable.Range(0, Lines + 1).Select(line => Across(axes, line * step)),
                Enumerable.Range((int)from, (int)(to - from) + 1).Select(decade => Up(axes, decade)),
                Text((Left + Right) / 2, Height - 16, "middle", "comments in the database when more came (each dot: one file of them)"),
                curves.SelectMany((curve, index) => Curve(axes, curve, index)),
                Names(axes, curves),
            ]);
    }

    private static IEnumerable<XElement> Curve(Axes axes, GrowthCurve curve, int index)
    {
        yield return El(
            "polyline", [At("class", $"line s{index}"), At("points", string.Join(' ', curve.Medians.Select(point => $"{Shown(axes.X(point))},{Shown(axes.Y(point.PerSecond))}")))]);
        foreach (var point in curve.Points)
        {
            yield return El("circle", [At("class", $"d{index}"), At("cx", axes.X(point)), At("cy", axes.Y(point.PerSecond)), At("r", 2.5)]);
        }
    }

    /// <summary>Each name stands where its curve ends; two that end close together are moved apart.</summary>
    private static IEnumerable<XElement> Names(Axes axes, IReadOnlyList<GrowthCurve> curves)
    {
        const double LineHeight = 16;
        var last = double.NegativeInfinity;
        foreach (var (curve, index) in curves.Select((curve, index) => (curve, index)).OrderBy(pair => axes.Y(pair.curve.Medians[^1].PerSecond)))
        {
            last = Math.Max(last + LineHeight, axes.Y(curve.Medians[^1].PerSecond) + 4);
            yield return Text(Right + 12, last, "start", curve.Name, $"d{index}");
        }
    }

    private static IEnumerable<XElement> Across(Axes axes, double value)
    {
        var y = axes.Y(value);
        yield return El("line", [At("class", value == 0 ? "axis" : "grid"), At("x1", Left), At("x2", Right), At("y1", y), At("y2", y)]);
        yield return Text(Left - 8, y + 4, "end", value.ToString("N0", CultureInfo.InvariantCulture));
    }

    private static IEnumerable<XElement> Up(Axes axes, int decade)
    {
        var x = axes.X(decade);
        yield return El("line", [At("class", "grid"), At("x1", x), At("x2", x), At("y1", Top), At("y2", Bottom)]);
        yield return Text(x, Bottom + 18, "middle", Math.Pow(10, decade).ToString("N0", CultureInfo.InvariantCulture));
    }

    /// <summary>A round number, five of which reach above the greatest value.</summary>
    private static double Step(double greatest)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(greatest / Lines)));
        return _steps.Select(times => times * unit).First(step => step * Lines >= greatest);
    }

    private static string Describe(IReadOnlyList<GrowthCurve> curves) => string.Join("; ", curves.Select(curve => FormattableString.Invariant(
        $"{curve.Name}: {curve.Medians[0].PerSecond:N0} comments a second at {curve.Medians[0].Rows:N0}, {curve.Medians[^1].PerSecond:N0} at {curve.Medians[^1].Rows:N0}")));

    private static XElement Box(string kind) => El("rect", [At("class", kind), At("width", Width), At("height", Height)]);

    private static XElement Text(double x, double y, string anchor, string text, string? kind = null) =>
        El("text", [At("x", x), At("y", y), At("text-anchor", anchor), kind is null ? null : At("class", kind), text]);

    private static XElement El(string name, params object?[] content) => new(_svg + name, content);

    private static XAttribute At(string name, string value) => new(name, value);

    private static XAttribute At(string name, double value) => new(name, Shown(value));

    private static string Shown(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Powers of ten across, comments a second from nought up.</summary>
    private sealed record Axes(double From, double To, double Most)
    {
        public double X(double decade) => Left + ((decade - From) / (To - From) * (Right - Left));

        public double X(GrowthPoint point) => X(Math.Log10(point.Rows));

        public double Y(double value) => Bottom - (value / Most * (Bottom - Top));
    }
}
