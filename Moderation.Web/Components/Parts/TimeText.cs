using System.Globalization;

namespace Moderation.Web.Components.Parts;

/// <summary>Times and spans as people say them.</summary>
internal static class TimeText
{
    private static readonly TimeSpan _longestRelative = TimeSpan.FromDays(30);

    /// <summary>"4 s ago", "12 min ago", "3 h ago", "5 d ago", then the date.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        var age = now - at;
        if (age < TimeSpan.FromSeconds(1))
        {
            return "just now";
        }

        return age > _longestRelative ? at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : $"{Span(age)} ago";
    }

    /// <summary>"4 s", "12 min", "3 h", "5 d".</summary>
    public static string Span(TimeSpan span)
    {
        var absolute = span.Duration();
        return absolute switch
        {
            { TotalSeconds: < 60 } => Format(absolute.TotalSeconds, "s"),
            { TotalMinutes: < 60 } => Format(absolute.TotalMinutes, "min"),
            { TotalHours: < 48 } => Format(absolute.TotalHours, "h"),
            _ => Format(absolute.TotalDays, "d"),
        };

        static string Format(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value):0} {unit}");
    }
}
