using System.Globalization;

using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Web.Reports;

/// <summary>Numbers as people read them.</summary>
internal static class Shown
{
    public const string Missing = "—";

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count in at most four characters, for a chart: "1.2k".</summary>
    public static string ShortCount(long value) => value switch
    {
        < 1_000 => value.ToString(CultureInfo.InvariantCulture),
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.#}k"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.#}M"),
    };

    public static string Figure(double? value) => value?.ToString("F3", CultureInfo.InvariantCulture) ?? Missing;

    public static string Short(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Threshold(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    public static string Share(double? value) =>
        value is { } share ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1}%") : Missing;

    public static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>"0.712–0.771".</summary>
    public static string Range(Interval interval) => $"{Figure(interval.Low)}–{Figure(interval.High)}";

    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
