using Bunit;

using Moderation.Data.Reading;
using Moderation.Pipeline.Flagging;
using Moderation.Tests.Support;
using Moderation.Web.Components.Pages.Threshold;

namespace Moderation.Tests.Web.Components.Pages.Threshold;

public sealed class ThresholdPageTests : PageTest
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_threshold_is_tried_before_it_is_saved()
    {
        await AddAsync("one", "two", "three");
        var page = Open<ThresholdPage>();
        await page.WaitForElementAsync("svg.chart", _patience);
        Assert.Contains("3 of the newest 3", Text(page), StringComparison.Ordinal);
        Assert.True(page.Find(".btn.primary").HasAttribute("disabled"));

        await page.Find("input[type=range]").InputAsync("0.95");
        Assert.Contains("0 of the newest 3", Text(page), StringComparison.Ordinal);
        Assert.Equal(0.5, Desk.Get<LiveThresholds>().Current.SiteDefault);
        await page.Find("input[type=text]").ChangeAsync("less noise");
        await page.Find(".btn.primary").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll("tbody tr")), _patience);
        Assert.Equal(0.95, Desk.Get<LiveThresholds>().Current.SiteDefault);
        var version = Assert.Single(await Desk.Get<ThresholdReader>().ListAsync(10, Stop));
        Assert.Equal((0.95, "ann", "less noise", null), (version.Value, version.Actor, version.Note, version.Community));
    }

    [Fact]
    public async Task A_community_can_have_its_own_and_go_back_to_the_sites()
    {
        await AddAsync("one");
        var page = Open<ThresholdPage>();
        await page.WaitForElementAsync("option[value=games]", _patience);

        await page.Find("select").ChangeAsync("games");
        await page.Find("input[type=number]").ChangeAsync("0.8");
        await page.Find(".btn.primary").ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Equal(0.8, Desk.Get<LiveThresholds>().Current.For("games")), _patience);
        Assert.Equal(0.5, Desk.Get<LiveThresholds>().Current.SiteDefault);

        await page.WaitForAssertionAsync(() => Assert.Contains("Use the site's", page.Markup, StringComparison.Ordinal), _patience);
        await page.FindAll("button").First(button => button.TextContent == "Use the site's").ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Equal(0.5, Desk.Get<LiveThresholds>().Current.For("games")), _patience);
        Assert.Equal(2, (await Desk.Get<ThresholdReader>().ListAsync(10, Stop)).Count);
    }

    private static string Text(IRenderedComponent<ThresholdPage> page) =>
        string.Join(' ', page.Find("p[aria-live]").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
