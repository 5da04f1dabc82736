using System.Text.RegularExpressions;
using System.Xml.Linq;

using Moderation.Pipeline.Models.Exploration;
using Moderation.Pipeline.Models.Training;
using Moderation.Tests.Support;
using Moderation.Web.Reports;

namespace Moderation.Tests.Web.Reports;

public sealed partial class ReportPageTests
{
    private const string Hostile = "</title></style><script>alert('&\"')</script><img src=x onerror=alert(1)>";

    [Fact]
    public void The_page_is_well_formed_and_each_id_stands_once()
    {
        var page = Parse(Render(TestReports.Comments(300)));

        Assert.Equal("html", page.Name.LocalName);
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(["Figures", "Ranking", "Probabilities", "Slices", "Data", "Model card", "How to read this"], page.Descendants("h2").Select(head => head.Value));
    }

    [Fact]
    public void Every_chart_says_in_words_and_in_a_table_what_it_shows()
    {
        var page = Parse(Render(TestReports.Comments(300)));

        var charts = page.Descendants("svg").Where(svg => svg.Attribute("role")?.Value == "img").ToList();
        Assert.Equal(["ROC curve", "Precision by recall", "Calibration", "Scores", "Length"], charts.Select(svg => svg.Element("title")!.Value));
        Assert.All(charts, chart =>
        {
            Assert.NotEmpty(chart.Element("desc")!.Value);
            Assert.Equal(
                $"{chart.Element("title")!.Attribute("id")!.Value} {chart.Element("desc")!.Attribute("id")!.Value}",
                chart.Attribute("aria-labelledby")!.Value);
            Assert.NotEmpty(chart.Parent!.Element("details")!.Descendants("td"));
        });
        // What is drawn beside a number in a table says nothing that the number does not.
        Assert.All(page.Descendants("svg").Except(charts), mark => Assert.Equal("true", mark.Attribute("aria-hidden")?.Value));
    }

    [Fact]
    public void Nothing_is_run_and_nothing_is_fetched()
    {
        var html = Render(TestReports.Comments(300));

        Assert.DoesNotMatch(Reference(), html);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Parse(html).Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe" or "a" or "image" or "use");
    }

    [Fact]
    public void What_strangers_wrote_is_shown_and_never_becomes_markup()
    {
        var comments = TestReports.Comments(300, community: Hostile);
        var report = TestReports.Of(comments) with
        {
            Model = Hostile,
            Data = Hostile,
            Card = TestModels.Card with { TrainedOn = Hostile, Settings = new Dictionary<string, string> { [Hostile] = Hostile } },
            Summary = TestReports.Of(comments).Summary with { Terms = new TermSummary([new TermWeight("<script>", 9, 1, 3), new TermWeight("\0\uD800", 9, 1, 2)], []) },
        };

        var html = ReportPage.Render(report);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        var page = Parse(html);
        Assert.Empty(page.Descendants("script"));
        Assert.Contains(Hostile, page.Descendants("h1").Single().Value, StringComparison.Ordinal);
        Assert.Contains(page.Descendants("th"), cell => cell.Value == "<script>");
        Assert.Contains(page.Descendants("th"), cell => cell.Value == "\uFFFD\uFFFD");
    }

    [Fact]
    public void The_style_sheet_reaches_the_browser_as_it_was_written()
    {
        // A browser does not unescape what stands in a style element.
        var style = Parse(Render(TestReports.Comments(50))).Descendants("style").Single();

        Assert.Equal($"<style>{style.Value}</style>", style.ToString(SaveOptions.DisableFormatting));
        Assert.Contains("prefers-color-scheme: dark", style.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_says_what_chance_alone_makes_of_calibration()
    {
        var report = TestReports.Of(TestReports.Comments(300)) with { CalibrationCeiling = 0.5 };

        Assert.Contains("perfectly calibrated model would show up to 0.500 on 300 comments (95%). Nothing here says", ReportPage.Render(report), StringComparison.Ordinal);
        Assert.Contains("further off than chance explains", ReportPage.Render(report with { CalibrationCeiling = 0 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_one_label_has_a_page_without_the_curves_that_need_both()
    {
        foreach (var label in new[] { false, true })
        {
            LabelledComment[] comments = [.. TestReports.Comments(30).Select(comment => comment with { Removed = label })];

            var page = Parse(Render(comments));

            Assert.Contains("It needs comments of both labels.", page.Value, StringComparison.Ordinal);
            Assert.DoesNotContain("NaN", page.Value, StringComparison.Ordinal);
            Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Value.Contains("NaN", StringComparison.Ordinal) || attribute.Value.Contains('∞', StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_is_drawn_stays_inside_its_picture()
    {
        var page = Parse(Render(TestReports.Comments(300)));

        foreach (var chart in page.Descendants("svg").Where(svg => svg.Attribute("role") is not null))
        {
            var box = chart.Attribute("viewBox")!.Value.Split(' ').Select(Number).ToArray();
            Assert.All(chart.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "x" or "x1" or "x2" or "cx"), x => Assert.InRange(Number(x.Value), 0, box[2]));
            Assert.All(chart.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "y" or "y1" or "y2" or "cy"), y => Assert.InRange(Number(y.Value), 0, box[3]));
        }
    }

    [GeneratedRegex(@"https?://|\b(href|src|srcset|action|on\w+)=", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static XElement Parse(string html)
    {
        const string Doctype = "<!DOCTYPE html>\n";
        Assert.StartsWith(Doctype, html, StringComparison.Ordinal);
        return XElement.Parse(html[Doctype.Length..]);
    }

    private static string Render(LabelledComment[] comments) => ReportPage.Render(TestReports.Of(comments));
}
