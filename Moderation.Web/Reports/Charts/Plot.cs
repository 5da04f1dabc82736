using System.Xml.Linq;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Charts;

/// <summary>A unit square on the page: both axes go from 0 to 1. Measures are units of the view box, about a pixel each.</summary>
internal sealed record Plot(double Left, double Top, double Width, double Height)
{
    public const double ViewWidth = 360;

    /// <summary>Height of a chart that is a square with its axes.</summary>
    public const double ViewHeight = 308;

    private static readonly double[] _ticks = [0, 0.25, 0.5, 0.75, 1];

    public static Plot Square { get; } = new(Left: 36, Top: 24, Width: 312, Height: 248);

    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double X(double value) => Left + (value * Width);

    public double Y(double value) => Bottom - (value * Height);

    public string Point(double x, double y) => $"{Shown.Coordinate(X(x))},{Shown.Coordinate(Y(y))}";

    public XElement Line(string kind, double fromX, double fromY, double toX, double toY) => El(
        "line", Class(kind), At("x1", X(fromX)), At("y1", Y(fromY)), At("x2", X(toX)), At("y2", Y(toY)));

    public XElement Dot(double x, double y) => El("circle", Class("dot ringed"), At("cx", X(x)), At("cy", Y(y)), At("r", 5));

    /// <summary>A text beside a point, moved by units of the view box and kept inside the picture.</summary>
    public XElement Note(double x, double y, double right, double down, string anchor, string text, string kind = "note") => El(
        "text", Class(kind), At("x", X(x) + right), At("y", Y(y) + down), At("text-anchor", anchor), text);

    /// <summary>Ticks and titles of both axes.</summary>
    public IEnumerable<XElement> Frame(string across, string up)
    {
        foreach (var tick in _ticks)
        {
            yield return Line(tick == 0 ? "axis" : "grid", 0, tick, 1, tick);
            yield return El("text", At("x", Left - 6), At("y", Y(tick) + 4), At("text-anchor", "end"), Shown.Short(tick));
        }

        foreach (var part in Across(across))
        {
            yield return part;
        }

        yield return El("text", At("x", 0), At("y", 12), up);
    }

    /// <summary>Ticks and title of the axis at the bottom.</summary>
    public IEnumerable<XElement> Across(string title)
    {
        foreach (var tick in _ticks)
        {
            yield return El("text", At("x", X(tick)), At("y", Bottom + 16), At("text-anchor", tick switch { 0 => "start", 1 => "end", _ => "middle" }), Shown.Short(tick));
        }

        yield return El("text", At("x", Right), At("y", Bottom + 32), At("text-anchor", "end"), title);
    }
}
