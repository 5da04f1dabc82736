using System.Reflection;
using System.Xml.Linq;

using Moderation.Web.Reports.Charts;
using Moderation.Web.Reports.Sections;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports;

/// <summary>Writes an evaluation as one HTML page that stands by itself: no script, no request, any browser, on paper too.</summary>
internal static class ReportPage
{
    private const string StyleResource = "reports/report.css";

    private static readonly string _style = ReadStyle();

    public static string Render(EvaluationReport report)
    {
        var page = El(
            "html",
            At("lang", "en"),
            El(
                "head",
                El("meta", At("charset", "utf-8")),
                // Nothing that a commenter wrote could load or run anything, even were it not escaped.
                El("meta", At("http-equiv", "Content-Security-Policy"), At("content", "default-src 'none'; style-src 'unsafe-inline'")),
                El("meta", At("name", "viewport"), At("content", "width=device-width, initial-scale=1")),
                El("meta", At("name", "color-scheme"), At("content", "light dark")),
                El("title", $"{report.Model} on {report.Data}"),
                El("style", _style)),
            El("body", El("main", Sections(report))));
        return $"<!DOCTYPE html>\n{page.ToString(SaveOptions.DisableFormatting)}\n";
    }

    private static IEnumerable<XElement> Sections(EvaluationReport report)
    {
        yield return HeadSection.Of(report);
        yield return El(
            "section",
            El("h2", "Figures"),
            El("div", Class("pair wide-first"), FiguresTable.Of(report.Metrics), ConfusionTable.Of(report.Metrics)));
        yield return El(
            "section",
            El("h2", "Ranking"),
            El("div", Class("pair"), RocChart.Of(report.Curves.Roc, report.Metrics), PrChart.Of(report.Curves.Pr, report.Metrics)));
        yield return El(
            "section",
            El("h2", "Probabilities"),
            El("p", Class("lead"), CalibrationSentence.Of(report.Metrics, report.CalibrationCeiling)),
            El("div", Class("pair"), CalibrationChart.Of(report.Curves.Calibration), ScoreChart.Of(report.Curves.Scores, report.Metrics.Threshold)));
        yield return SlicesSection.Of(report.Slices, report.Metrics);
        yield return DataSection.Of(report.Summary);
        if (report.Card is { } card)
        {
            yield return CardSection.Of(card);
        }

        yield return ReadingSection.Of();
    }

    private static string ReadStyle()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(StyleResource)
            ?? throw new InvalidOperationException($"The resource {StyleResource} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
