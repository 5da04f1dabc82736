using System.Text.RegularExpressions;

using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class HistoryTests(Chromium chromium, FlaggingDesk flagging) : IClassFixture<FlaggingDesk>
{
    private readonly Desk _desk = flagging.Desk;

    [Fact]
    public async Task Pages_go_back_and_forth_without_losing_or_doubling_a_comment()
    {
        await using var own = await Desk.StartForApiAsync("--Moderation:Threshold:Default=0");
        await own.PostAsync(Note.Many("page", 120));
        await using var ana = await chromium.OpenAsync(own, "history");
        var seen = new List<string>();

        foreach (var (first, rows) in new[] { ("page 120 ", 50), ("page 70 ", 50), ("page 20 ", 20) })
        {
            await Expect(Rows(ana).First).ToContainTextAsync(first);
            await Expect(Rows(ana)).ToHaveCountAsync(rows);
            seen.AddRange(await Rows(ana).EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.commentId)"));
            if (rows == 50)
            {
                await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();
            }
        }

        Assert.Equal(120, seen.Distinct().Count());
        await Expect(ana.Page.GetByRole(AriaRole.Link, new() { Name = "Older" })).ToHaveCountAsync(0);
        await ana.Page.GoBackAsync();
        await Expect(Rows(ana).First).ToContainTextAsync("page 70 ");
        await ana.Page.ReloadAsync();
        await Expect(Rows(ana).First).ToContainTextAsync("page 70 ");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Newest" }).ClickAsync();
        await Expect(Rows(ana).First).ToContainTextAsync("page 120 ");
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task The_status_filter_shows_only_that_status_and_is_in_the_address()
    {
        await _desk.PostAsync(Note.Many("filter", 3));
        await using var ana = await chromium.OpenAsync(_desk, "queue", name: "Ana");
        await ana.Card("filter 3 ").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await ana.Card("filter 2 ").GetByRole(AriaRole.Button, new() { NameRegex = new("^Remove") }).ClickAsync();
        await ana.Card("filter 2 ").GetByRole(AriaRole.Button, new() { Name = "Off-topic" }).ClickAsync();
        await Expect(ana.Card("filter 2 ")).ToHaveAttributeAsync("data-status", "Removed");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();

        foreach (var (status, text, others) in new[] { ("Approved", "filter 3 ", "filter 2 "), ("Removed", "filter 2 ", "filter 1 "), ("Pending", "filter 1 ", "filter 3 ") })
        {
            await ana.Page.GetByRole(AriaRole.Group).GetByText(status, new() { Exact = true }).ClickAsync();
            await Expect(ana.Page).ToHaveURLAsync(new Regex($"status={status.ToLowerInvariant()}$"));
            await Expect(Rows(ana).Filter(new() { HasText = text })).ToHaveAttributeAsync("data-status", status);
            await Expect(Rows(ana).Filter(new() { HasText = others })).ToHaveCountAsync(0);
        }

        await ana.Page.ReloadAsync();
        await Expect(Rows(ana).Filter(new() { HasText = "filter 1 " })).ToBeVisibleAsync();
        await ana.GoAsync("history?status=removed");
        await Expect(Rows(ana).Filter(new() { HasText = "filter 2 " })).ToContainTextAsync("Removed by Ana");
        await Expect(Rows(ana).Filter(new() { HasText = "filter 2 " })).ToContainTextAsync("Off-topic or joke");
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task An_empty_history_and_an_empty_filter_say_what_to_do_next()
    {
        await using var own = await Desk.StartForApiAsync("--Moderation:Threshold:Default=0");
        await using var ana = await chromium.OpenAsync(own, "history");
        await Expect(ana.Page.Locator(".empty")).ToContainTextAsync("No comment has come yet");

        await own.PostAsync(Note.Many("here", 1));

        await Expect(Rows(ana)).ToHaveCountAsync(1);
        await ana.GoAsync("history?status=escalated");
        await Expect(ana.Page.Locator(".empty")).ToContainTextAsync("No comment has this status");
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task A_decision_that_others_make_shows_in_the_open_row()
    {
        await _desk.PostAsync(Note.Many("watched", 2));
        await using var ben = await chromium.OpenAsync(_desk, "history");
        var row = Rows(ben).Filter(new() { HasText = "watched 2 " });
        await Expect(row).ToHaveAttributeAsync("data-status", "Pending");
        await using var ana = await chromium.OpenAsync(_desk, "queue", name: "Ana");

        await ana.Card("watched 2 ").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await Expect(row).ToHaveAttributeAsync("data-status", "Approved");
        await Expect(row).ToContainTextAsync("Approved by Ana");
        await row.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(row).ToHaveAttributeAsync("data-status", "Pending");
        await Expect(ben.Toast).ToContainTextAsync("Undone");
        ana.AssertNothingWentWrong();
        ben.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Words_are_searched_for_from_the_keyboard_together_with_the_status_and_stay_in_the_address()
    {
        await using var own = await Desk.StartForApiAsync("--Moderation:Threshold:Default=0");
        await own.PostAsync([.. Note.Many("apple", 70), new Note("café", "The café <b>sells</b> apple & pear"), new Note("pear", "only a pear")]);
        await using var ana = await chromium.OpenAsync(own, "history");
        await Expect(Rows(ana)).ToHaveCountAsync(50);
        var field = ana.Page.GetByRole(AriaRole.Searchbox);

        await Eventually.TrueAsync(
            async _ =>
            {
                await ana.PressAsync("/");
                return await field.EvaluateAsync<bool>("field => field === document.activeElement");
            },
            "the slash goes to the field");
        await ana.Page.Keyboard.TypeAsync("CAFE appl*");

        await Expect(Rows(ana)).ToHaveCountAsync(1);
        await Expect(Rows(ana)).ToContainTextAsync("<b>sells</b>");
        await Expect(ana.Page).ToHaveURLAsync(new Regex("history\\?q=CAFE%20appl%2A$"));
        await ana.Page.ReloadAsync();
        await Expect(field).ToHaveValueAsync("CAFE appl*");
        await Expect(Rows(ana)).ToHaveCountAsync(1);

        await field.FillAsync("\"says hello\" apple");
        await Expect(Rows(ana).First).ToContainTextAsync("apple 70 ");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();
        await Expect(Rows(ana)).ToHaveCountAsync(20);
        await Expect(Rows(ana).First).ToContainTextAsync("apple 20 ");
        await ana.Page.GetByRole(AriaRole.Group).GetByText("Removed", new() { Exact = true }).ClickAsync();
        await Expect(ana.Page.Locator(".empty")).ToContainTextAsync("No comment with this status has these words");
        await field.FillAsync("");
        await Expect(ana.Page).ToHaveURLAsync(new Regex("history\\?status=removed$"));

        await ana.GoAsync("history?q=quince");
        await Expect(ana.Page.Locator(".empty")).ToContainTextAsync("No comment has these words");
        await own.PostAsync(new Note("late", "a late quince"));
        await Expect(Rows(ana)).ToHaveCountAsync(1);
        ana.AssertNothingWentWrong();
    }

    private static ILocator Rows(Visitor visitor) => visitor.Page.Locator("tbody tr");
}
