using Deque.AxeCore.Playwright;

using Microsoft.Playwright;

using Moderation.Tests.Support;
using Moderation.Web.Reports;

namespace Moderation.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ReportTests(Chromium chromium)
{
    [Theory]
    [InlineData(1200, ColorScheme.Light)]
    [InlineData(1200, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task The_report_fits_the_window_and_passes_the_automated_check(int width, ColorScheme scheme)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("report.html", ReportPage.Render(TestReports.Of(TestReports.Comments(300, community: "a-community-with-a-very-long-name-that-has-to-break"))));
        var page = await chromium.OpenFileAsync(path, width, scheme);
        foreach (var summary in await page.Locator("summary").AllAsync())
        {
            await summary.ClickAsync();
        }

        var result = await page.RunAxe();

        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.True(
            result.Violations.Length == 0,
            string.Join('\n', result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {violation.Help}: {node.Html}"))));
        await page.Context.CloseAsync();
    }
}
