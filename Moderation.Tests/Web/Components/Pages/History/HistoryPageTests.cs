using Bunit;

using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

using Moderation.Data.Schema;
using Moderation.Data.Searching;
using Moderation.Tests.Data.Searching;
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

    [Fact]
    public async Task Words_in_the_address_show_the_comments_that_have_them_together_with_the_status()
    {
        var ids = await AddAsync("a green apple", "a red apple", "apple, green again", "green grass");
        await DecideAsync(ids[2], DecisionAction.Approve);
        Desk.IndexAll();

        Assert.Equal([ids[2], ids[0]], await RowsAtAsync("history?q=apple%20green"));
        Assert.Equal([ids[0]], await RowsAtAsync("history?q=apple%20green&status=pending"));
        Assert.Equal([ids[1], ids[0]], await RowsAtAsync($"history?q=app*&before={ids[2]}"));
        Assert.Equal(ids.Reverse(), await RowsAtAsync("history?q=%20"));
    }

    [Fact]
    public async Task Filters_keep_the_words_and_words_keep_the_filter()
    {
        await AddAsync([.. Enumerable.Range(0, 60).Select(i => $"apple & pear {i}")]);
        Desk.IndexAll();
        Go("history?q=%22apple%20%26%20pear%22&status=pending");

        var page = Open<HistoryPage>();
        await page.WaitForElementAsync("tbody tr", _patience);

        var links = page.FindAll("a.btn").ToDictionary(link => link.TextContent, link => link.GetAttribute("href"));
        Assert.Equal("history?q=%22apple%20%26%20pear%22", links["All"]);
        Assert.Equal("history?q=%22apple%20%26%20pear%22&status=removed", links["Removed"]);
        Assert.StartsWith("history?q=%22apple%20%26%20pear%22&status=pending&before=", links["Older"], StringComparison.Ordinal);
        Assert.Equal("\"apple & pear\"", page.Find("input[type=search]").GetAttribute("value"));
    }

    [Fact]
    public async Task What_is_typed_is_searched_for_when_its_writer_rests_and_is_in_the_address()
    {
        var ids = await AddAsync("a green apple", "a red apple");
        Desk.IndexAll();
        Go("history?status=pending");
        var page = Open<HistoryPage>();
        await page.WaitForElementAsync("tbody tr", _patience);

        var typed = page.Find("input[type=search]").InputAsync("gre");
        await page.Find("input[type=search]").InputAsync("green ");
        await typed;

        await page.WaitForAssertionAsync(() => Assert.Equal([ids[0]], Rows(page)), _patience);
        Assert.EndsWith("/history?q=green&status=pending", Address, StringComparison.Ordinal);
        await page.Find("input[type=search]").InputAsync("");
        await page.WaitForAssertionAsync(() => Assert.Equal(2, Rows(page).Count), _patience);
        Assert.EndsWith("/history?status=pending", Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enter_searches_at_once_and_again_when_the_words_are_the_same()
    {
        var ids = await AddAsync("a green apple");
        Desk.IndexAll();
        var page = Open<HistoryPage>();
        await page.WaitForElementAsync("tbody tr", _patience);
        var typed = page.Find("input[type=search]").InputAsync("green");
        await page.Find("form").SubmitAsync();
        await typed;
        await page.WaitForAssertionAsync(() => Assert.EndsWith("/history?q=green", Address, StringComparison.Ordinal), _patience);
        var more = await AddAsync("green too");
        Desk.IndexAll();

        await page.Find("form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal([more[0], ids[0]], Rows(page)), _patience);
    }

    [Theory]
    [InlineData("zebra", "No comment has these words")]
    [InlineData("zebra&status=removed", "No comment with this status has these words")]
    [InlineData("%21%21", "A search needs a letter or a digit.")]
    [InlineData("ab*", "A star needs at least 3 letters before it.")]
    public async Task An_empty_result_says_why(string query, string reason)
    {
        await AddAsync("a green apple");
        Desk.IndexAll();
        Go($"history?q={query}");

        var page = Open<HistoryPage>();

        await page.WaitForAssertionAsync(() => Assert.Contains(reason, page.Find(".empty").TextContent, StringComparison.Ordinal), _patience);
    }

    [Fact]
    public async Task The_page_says_how_far_the_index_is_behind_and_finds_by_itself_what_it_waited_for()
    {
        var ids = await AddAsync("a green apple");
        var status = Desk.Get<SearchStatus>();
        status.Indexed(0, position: 0, newest: 12_345, bytesOnDisk: 0);
        Go("history?q=apple");
        var page = Open<HistoryPage>();
        await page.WaitForAssertionAsync(
            () => Assert.Contains("12,345 comments behind", page.Find("[data-testid=search-lag]").TextContent, StringComparison.Ordinal), _patience);
        Assert.Empty(Rows(page));

        Desk.IndexAll();
        status.Indexed(1, position: 1, newest: 1, bytesOnDisk: 0);

        await page.WaitForAssertionAsync(() => Assert.Equal([ids[0]], Rows(page)), _patience);
        Assert.Empty(page.FindAll("[data-testid=search-lag]"));
        status.Failed("The search index is locked.", newest: 1);
        await page.WaitForAssertionAsync(() => Assert.Contains("The search index is locked.", page.Markup, StringComparison.Ordinal), _patience);
    }

    private string Address => Browser.Services.GetRequiredService<NavigationManager>().Uri;

    private void Go(string address) => Browser.Services.GetRequiredService<NavigationManager>().NavigateTo(address);

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
