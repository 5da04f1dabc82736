using Bunit;

using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

using Moderation.Data.Schema;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;
using Moderation.Web.Components.Pages.Queue;

using MudBlazor;

namespace Moderation.Tests.Web.Components.Pages.Queue;

public sealed class QueuePageTests : PageTest
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task An_empty_queue_says_so_and_fills_by_itself()
    {
        var page = Open<QueuePage>();
        page.WaitForElement(".empty strong");
        Assert.Empty(Cards(page));

        var ids = await AddAsync("first", "second");

        await page.WaitForAssertionAsync(() => Assert.Equal(ids.Reverse(), Cards(page)), _patience);
        Assert.Equal("2 waiting", page.Find("[data-testid=pending-count]").TextContent);
    }

    [Fact]
    public async Task Arrivals_gather_behind_a_button_and_move_nothing()
    {
        var first = await AddAsync("first", "second");
        var page = Open<QueuePage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(first.Reverse(), Cards(page)), _patience);

        var later = await AddAsync("third");
        var button = await page.WaitForElementAsync(".page-head .btn.primary", _patience);
        Assert.StartsWith("View 1 new comment", button.TextContent, StringComparison.Ordinal);
        Assert.Equal(first.Reverse(), Cards(page));
        await AddAsync("fourth");
        await page.WaitForAssertionAsync(
            () => Assert.StartsWith("View 2 new comments", page.Find(".page-head .btn.primary").TextContent, StringComparison.Ordinal), _patience);

        await page.Find(".page-head .btn.primary").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal([later[0] + 1, later[0], .. first.Reverse()], Cards(page)), _patience);
        Assert.Empty(page.FindAll(".page-head .btn.primary"));
    }

    [Fact]
    public async Task A_decision_greys_its_card_in_place_moves_the_selection_and_can_be_undone()
    {
        var ids = (await AddAsync("first", "second", "third")).Reverse().ToList();
        var page = Open<QueuePage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(ids, Cards(page)), _patience);
        Assert.Equal(ids[0], Selected(page));

        await Card(page, ids[0]).QuerySelector(".btn.approve")!.ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal("Approved", Status(page, ids[0])), _patience);
        Assert.Equal(ids, Cards(page));
        Assert.Equal(ids[1], Selected(page));
        Assert.Equal((CommentStatus.Approved, "ann"), ((await FindAsync(ids[0])).Status, (await FindAsync(ids[0])).Decision!.Actor));
        Assert.Contains("Undo", page.Find("[data-testid=announcement]").TextContent, StringComparison.Ordinal);

        // By key: remove, reason 3.
        await page.Instance.OnKey("R");
        Assert.Equal(7, page.FindAll(".reasons .btn.remove").Count);
        await page.Instance.OnKey("3");
        await page.WaitForAssertionAsync(() => Assert.Equal("Removed", Status(page, ids[1])), _patience);
        Assert.Equal("spam", (await FindAsync(ids[1])).Decision!.Reason);
        Assert.Equal(ids[2], Selected(page));

        await page.Instance.OnKey("Ctrl+Z");
        await page.WaitForAssertionAsync(() => Assert.Equal("Pending", Status(page, ids[1])), _patience);
        Assert.Equal(ids[1], Selected(page));
        await Card(page, ids[0]).QuerySelector(".card-actions .btn")!.ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Equal("Pending", Status(page, ids[0])), _patience);
        Assert.Null((await FindAsync(ids[0])).Decision);
    }

    [Fact]
    public async Task Keys_move_the_selection_and_stop_at_the_ends()
    {
        var ids = (await AddAsync("first", "second")).Reverse().ToList();
        var page = Open<QueuePage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(ids, Cards(page)), _patience);

        await page.Instance.OnKey("K");
        Assert.Equal(ids[0], Selected(page));
        await page.Instance.OnKey("J");
        await page.Instance.OnKey("J");
        Assert.Equal(ids[1], Selected(page));
        await page.Instance.OnKey("R");
        await page.Instance.OnKey("9");
        await page.Instance.OnKey("Escape");
        await page.Instance.OnKey("1");
        Assert.Empty(page.FindAll(".reasons"));
        Assert.Equal(CommentStatus.Pending, (await FindAsync(ids[1])).Status);
    }

    [Fact]
    public async Task Somebody_elses_decision_greys_the_card()
    {
        var ids = await AddAsync("first", "second");
        var page = Open<QueuePage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(2, Cards(page).Count), _patience);

        await DecideAsync(ids[0], DecisionAction.Remove, "bob", "insult");

        await page.WaitForAssertionAsync(() => Assert.Equal("Removed", Status(page, ids[0])), _patience);
        Assert.Contains("Removed by bob", Card(page, ids[0]).TextContent, StringComparison.Ordinal);
        Assert.Empty(Card(page, ids[0]).QuerySelectorAll("button"));
        Assert.Equal("1 waiting", page.Find("[data-testid=pending-count]").TextContent);
    }

    [Theory]
    [InlineData("edit")]
    [InlineData("undo")]
    public async Task A_comment_that_comes_back_is_announced_and_stands_first(string way)
    {
        var ids = await AddAsync("first", "second");
        await DecideAsync(ids[0], DecisionAction.Approve);
        var page = Open<QueuePage>();
        await page.WaitForAssertionAsync(() => Assert.Equal([ids[1]], Cards(page)), _patience);

        await (way == "edit" ? EditAsync(ids[0], "another text") : DecideAsync(ids[0], DecisionAction.Undo));

        var button = await page.WaitForElementAsync(".page-head .btn.primary", _patience);
        Assert.StartsWith("View 1 new comment", button.TextContent, StringComparison.Ordinal);
        await button.ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Equal(ids, Cards(page)), _patience);
    }

    [Theory]
    [InlineData("edit")]
    [InlineData("undo")]
    public async Task A_card_that_comes_back_in_its_place_is_not_announced(string way)
    {
        var ids = await AddAsync("first", "second");
        var page = Open<QueuePage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(2, Cards(page).Count), _patience);
        await DecideAsync(ids[0], DecisionAction.Approve);
        await page.WaitForAssertionAsync(() => Assert.Equal("Approved", Status(page, ids[0])), _patience);

        await (way == "edit" ? EditAsync(ids[0], "another text") : DecideAsync(ids[0], DecisionAction.Undo));
        await AddAsync("third");

        await page.WaitForAssertionAsync(
            () => Assert.StartsWith("View 1 new comment", page.Find(".page-head .btn.primary").TextContent, StringComparison.Ordinal), _patience);
        Assert.Equal("Pending", Status(page, ids[0]));
        Assert.Equal(ids.Reverse(), Cards(page));
    }

    [Fact]
    public async Task A_stale_decision_is_not_taken_and_says_who_was_first()
    {
        var id = Assert.Single(await AddAsync("first"));
        var page = Open<QueuePage>();
        await page.WaitForAssertionAsync(() => Assert.Single(Cards(page)), _patience);
        var card = page.FindComponent<QueueCard>();

        // Both decide before either page has heard of the other.
        await page.InvokeAsync(async () =>
        {
            await DecideAsync(id, DecisionAction.Remove, "bob", "insult");
            await card.Instance.OnApprove.InvokeAsync();
        });

        await page.WaitForAssertionAsync(
            () => Assert.Equal("bob decided meanwhile: removed.", page.Find("[data-testid=announcement]").TextContent), _patience);
        Assert.Equal("Removed", Status(page, id));
        Assert.Equal("bob", (await FindAsync(id)).Decision!.Actor);
    }

    [Fact]
    public async Task An_edit_shows_in_place_and_a_key_that_was_meant_for_the_old_text_decides_nothing()
    {
        var ids = (await AddAsync("first", "second", "third")).Reverse().ToList();
        var page = Open<QueuePage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(ids, Cards(page)), _patience);

        await EditAsync(3, "third, but quite another text");
        await page.WaitForAssertionAsync(
            () => Assert.Contains("quite another text", Card(page, ids[0]).TextContent, StringComparison.Ordinal), _patience);
        await page.Instance.OnKey("A");

        Assert.Equal(CommentStatus.Pending, (await FindAsync(ids[0])).Status);
        Assert.Contains("edited just now", page.Find("[data-testid=announcement]").TextContent, StringComparison.Ordinal);
        Assert.Equal(ids, Cards(page));
        await Eventually.TrueAsync(
            async () =>
            {
                await page.Instance.OnKey("A");
                return (await FindAsync(ids[0])).Status == CommentStatus.Approved;
            },
            "the new text can be decided on once it was shown for a while");
    }

    [Fact]
    public async Task A_press_that_was_on_its_way_when_somebody_else_decided_changes_nothing()
    {
        var ids = await AddAsync("first", "second");
        var page = Open<QueuePage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(2, Cards(page).Count), _patience);
        var card = page.FindComponents<QueueCard>().Single(component => component.Instance.Card.Item.Id == ids[0]).Instance;
        await DecideAsync(ids[0], DecisionAction.Approve, actor: "bob");
        await page.WaitForAssertionAsync(() => Assert.Equal("Approved", Status(page, ids[0])), _patience);

        await page.InvokeAsync(() => card.OnRemove.InvokeAsync("spam"));

        var comment = await FindAsync(ids[0]);
        Assert.Equal((CommentStatus.Approved, "bob"), (comment.Status, comment.Decision!.Actor));
        Assert.Equal("bob decided meanwhile: approved.", page.Find("[data-testid=announcement]").TextContent);
    }

    [Fact]
    public async Task The_order_is_in_the_address()
    {
        var ids = await AddAsync("first", "second");
        Browser.Services.GetRequiredService<NavigationManager>().NavigateTo("queue?sort=oldest");

        var page = Open<QueuePage>();

        await page.WaitForAssertionAsync(() => Assert.Equal(ids, Cards(page)), _patience);
    }

    [Fact]
    public async Task The_keys_are_listed_in_a_dialog()
    {
        Browser.Render<MudPopoverProvider>();
        var dialogs = Browser.Render<MudDialogProvider>();
        var page = Open<QueuePage>();

        await page.Instance.OnKey("?");

        await dialogs.WaitForAssertionAsync(() => Assert.Contains("undo the last decision", dialogs.Markup, StringComparison.Ordinal), _patience);
        Assert.Equal(["J", "K", "A", "R", "1–7", "Ctrl+Z", "N", "?", "Esc"], dialogs.FindAll("kbd").Select(key => key.TextContent));
    }

    /// <summary>Another text under a comment's id, as its source would send it.</summary>
    private async Task EditAsync(long id, string body)
    {
        var comment = await FindAsync(id);
        var edited = new IncomingComment { ExternalId = comment.ExternalId, Body = body, Author = comment.Author, Community = comment.Community };
        await await Desk.Get<ModerationFlow>().EnterAsync(new CommentBatch(comment.Source, [edited]), Stop);
    }

    private static List<long> Cards(IRenderedComponent<QueuePage> page) =>
        [.. page.FindAll("article").Select(card => long.Parse(card.GetAttribute("data-comment-id")!, null))];

    private static AngleSharp.Dom.IElement Card(IRenderedComponent<QueuePage> page, long id) => page.Find($"#card-{id}");

    private static string? Status(IRenderedComponent<QueuePage> page, long id) => Card(page, id).GetAttribute("data-status");

    private static long Selected(IRenderedComponent<QueuePage> page) =>
        long.Parse(page.Find("article[aria-current=true]").GetAttribute("data-comment-id")!, null);
}
