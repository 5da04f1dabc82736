using System.Globalization;

namespace Moderation.Web.Components.Pages.Pipeline;

/// <summary>Figures of the pipeline as people read them.</summary>
internal static class PipelineText
{
    private const double Kilo = 1024;

    private static readonly string[] _units = ["B", "KB", "MB", "GB", "TB"];

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"0.4/s", "12.0/s", "38,120/s".</summary>
    public static string Rate(double perSecond) =>
        string.Create(CultureInfo.InvariantCulture, $"{perSecond.ToString(perSecond < 100 ? "N1" : "N0", CultureInfo.InvariantCulture)}/s");

    public static string Milliseconds(double? value) => value is not { } known ? "—"
        : known < 10_000 ? string.Create(CultureInfo.InvariantCulture, $"{known:N0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{known / 1000:N1} s");

    /// <summary>"812 KB", "3.4 GB".</summary>
    public static string Bytes(long bytes)
    {
        double value = bytes;
        var unit = 0;
        for (; value >= Kilo && unit < _units.Length - 1; unit++)
        {
            value /= Kilo;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value.ToString(unit == 0 || value >= 100 ? "N0" : "N1", CultureInfo.InvariantCulture)} {_units[unit]}");
    }

    /// <summary>A number for the attributes of a drawing.</summary>
    public static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
