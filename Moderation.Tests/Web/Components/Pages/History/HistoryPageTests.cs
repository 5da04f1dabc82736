using Bunit;

using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

using Moderation.Data.Schema;
using Moderation.Tests.Support;
using Moderation.Web.Components.Pages.History;

namespace Moderation.Tests.Web.Components.Pages.History;

public sealed class HistoryPageTests : PageTest
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Every_comment_is_on_one_page_or_the_next()
    {
        var ids = await AddAsync([.. Enumerable.Range(0, 120).Select(i => $"text {i}")]);
        var seen = new List<long>();
        var address = "history";
        for (var pages = 0; pages < 3; pages++)
        {
            Browser.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
            var page = Open<HistoryPage>();
            await page.WaitForElementAsync("tbody tr", _patience);
            seen.AddRange(Rows(page));
            address = page.FindAll("nav a").FirstOrDefault(link => link.TextContent == "Older")?.GetAttribute("href") ?? "";
            Assert.Equal(pages < 2, address.Length > 0);
        }

        Assert.Equal(ids.Reverse(), seen);
    }

    [Fact]
    public async Task The_filter_is_in_the_address_and_an_unknown_one_shows_all()
    {
        var ids = await AddAsync("one", "two", "three");
        await DecideAsync(ids[1], DecisionAction.Remove, "bob", "spam");

        Assert.Equal([ids[1]], await RowsAtAsync("history?status=removed"));
        Assert.Equal([ids[2], ids[0]], await RowsAtAsync("history?status=pending"));
        Assert.Equal(ids.Reverse(), await RowsAtAsync("history?status=99"));
        Browser.Services.GetRequiredService<NavigationManager>().NavigateTo("history?status=approved");
        var none = Open<HistoryPage>();
        await none.WaitForAssertionAsync(() => Assert.Contains("No comment has this status", none.Markup, StringComparison.Ordinal), _patience);
    }

    [Fact]
    public async Task A_decision_shows_in_place_and_can_be_undone_here()
    {
        var ids = await AddAsync("one", "two");
        var page = Open<HistoryPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(2, Rows(page).Count), _patience);

        await DecideAsync(ids[0], DecisionAction.Remove, "bob", "spam");
        await page.WaitForAssertionAsync(() => Assert.Contains("Removed by bob", page.Markup, StringComparison.Ordinal), _patience);
        Assert.Contains("Spam", page.Markup, StringComparison.Ordinal);
        await page.Find("tbody button").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("tbody button")), _patience);
        Assert.Equal(CommentStatus.Pending, (await FindAsync(ids[0])).Status);
    }

    [Fact]
    public async Task An_excerpt_cuts_no_character_in_two()
    {
        await AddAsync(new string('x', 279) + "😀" + new string('y', 50));

        var page = Open<HistoryPage>();
        await page.WaitForElementAsync("tbody tr", _patience);

        var excerpt = page.Find("td.text").TextContent.Trim();
        Assert.DoesNotContain(excerpt, char.IsSurrogate);
        Assert.Equal(new string('x', 279) + "…", excerpt);
    }

    private async Task<List<long>> RowsAtAsync(string address)
    {
        Browser.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = Open<HistoryPage>();
        await page.WaitForElementAsync("tbody tr", _patience);
        return Rows(page);
    }

    private static List<long> Rows(IRenderedComponent<HistoryPage> page) =>
        [.. page.FindAll("tbody tr").Select(row => long.Parse(row.GetAttribute("data-comment-id")!, null))];
}
