using System.Text.RegularExpressions;

using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class TwoModeratorsTests(Chromium chromium, FlaggingDesk flagging) : IClassFixture<FlaggingDesk>
{
    private readonly Desk _desk = flagging.Desk;

    [Fact]
    public async Task A_decision_greys_the_card_in_the_other_browser_with_the_deciding_name()
    {
        await _desk.PostAsync(Note.Many("both", 8));
        await using var ana = await chromium.OpenAsync(_desk, "queue", name: "Ana");
        await using var ben = await chromium.OpenAsync(_desk, "queue", name: "Ben");
        await Expect(ben.Card("both 7 ")).ToBeVisibleAsync();
        var places = await ben.PlacesAsync();

        await ana.Card("both 7 ").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await Expect(ben.Card("both 7 ")).ToContainTextAsync("Approved by Ana");
        await Expect(ben.Card("both 7 ").GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        Assert.Equal(places, await ben.PlacesAsync());

        await ana.PressAsync("Control+z");
        await Expect(ben.Card("both 7 ").GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToBeVisibleAsync();
        ana.AssertNothingWentWrong();
        ben.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Of_two_decisions_at_once_one_is_stored_and_the_other_is_told()
    {
        const int Tries = 12;
        await _desk.PostAsync(Note.Many("race", Tries));
        await using var ana = await chromium.OpenAsync(_desk, "queue", name: "Ana");
        await using var ben = await chromium.OpenAsync(_desk, "queue", name: "Ben");
        var told = false;
        var races = 0;
        while (!told && races < Tries)
        {
            var text = $"race {Tries - races} ";
            races++;
            await Expect(Approve(ana, text)).ToBeVisibleAsync();
            await Expect(Approve(ben, text)).ToBeVisibleAsync();

            // One click each, before either page can hear of the other; rarely one hears in time, and then the next is tried.
            await Task.WhenAll(
                Approve(ana, text).EvaluateAsync("button => button.click()"), Approve(ben, text).EvaluateAsync("button => button.click()"));

            await Expect(ana.Card(text)).ToContainTextAsync("Approved by");
            await Expect(ben.Card(text)).ToContainTextAsync("Approved by");
            Assert.Equal(await WinnerAsync(ana, text), await WinnerAsync(ben, text));
            told = await ToldAsync(ana, await WinnerAsync(ana, text)) || await ToldAsync(ben, await WinnerAsync(ben, text));
        }

        Assert.True(told, "Nobody was told that a colleague was faster.");
        var decisions = await _desk.RunAsync("export", "--what", "decisions", "--format", "ndjson");
        Assert.Equal(races, decisions.Split('\n').Count(line => line.Contains("\"race-", StringComparison.Ordinal)));
        ana.AssertNothingWentWrong();
        ben.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Two_undos_at_once_take_back_one_decision()
    {
        await _desk.PostAsync(Note.Many("stale", 6));
        await using var ana = await chromium.OpenAsync(_desk, "queue", name: "Ana");
        await using var ben = await chromium.OpenAsync(_desk, "history", name: "Ben");
        await ana.Card("stale 6 ").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(Row(ben, "stale 6 ")).ToContainTextAsync("Approved by Ana");

        await using var cleo = await chromium.OpenAsync(_desk, "history", name: "Cleo");
        await Expect(Row(cleo, "stale 6 ")).ToContainTextAsync("Approved by Ana");
        await Task.WhenAll(
            Row(ben, "stale 6 ").GetByRole(AriaRole.Button).EvaluateAsync("button => button.click()"),
            Row(cleo, "stale 6 ").GetByRole(AriaRole.Button).EvaluateAsync("button => button.click()"));

        await Expect(Row(ben, "stale 6 ")).ToHaveAttributeAsync("data-status", "Pending");
        await Expect(Row(cleo, "stale 6 ")).ToHaveAttributeAsync("data-status", "Pending");
        await Expect(ana.Card("stale 6 ")).ToHaveAttributeAsync("data-status", "Pending");
        await ana.Page.ReloadAsync();
        await Expect(ana.Card("stale 6 ")).ToHaveAttributeAsync("data-status", "Pending");
        ana.AssertNothingWentWrong();
        ben.AssertNothingWentWrong();
        cleo.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Undo_takes_back_ones_own_decision_and_never_a_colleagues_later_one()
    {
        await _desk.PostAsync(Note.Many("later", 4));
        await using var ana = await chromium.OpenAsync(_desk, "queue", name: "Ana");
        await ana.ExpectKeysAsync();
        await ana.PressAsync("a");
        await Expect(ana.Card("later 4 ")).ToContainTextAsync("Approved by Ana");
        await using var ben = await chromium.OpenAsync(_desk, "history", name: "Ben");
        await Row(ben, "later 4 ").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await ben.GoAsync("queue");
        await ben.Card("later 4 ").GetByRole(AriaRole.Button, new() { NameRegex = new("^Remove") }).ClickAsync();
        await ben.Card("later 4 ").GetByRole(AriaRole.Button, new() { Name = "Insult" }).ClickAsync();
        await Expect(ana.Card("later 4 ")).ToContainTextAsync("Removed by Ben");
        await Expect(ana.Card("later 4 ").GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        await ana.PressAsync("Control+z");
        await ana.PressAsync("j");

        await Expect(ana.Selected).ToContainTextAsync("later 2 ");
        await Expect(ana.Card("later 4 ")).ToContainTextAsync("Removed by Ben");
        ana.AssertNothingWentWrong();
        ben.AssertNothingWentWrong();
    }

    [Fact]
    public async Task The_state_after_a_reload_is_the_state_before_it()
    {
        await _desk.PostAsync(Note.Many("same", 3));
        await using var ana = await chromium.OpenAsync(_desk, "queue", name: "Ana");
        await using var ben = await chromium.OpenAsync(_desk, "queue", name: "Ben");
        await ana.Card("same 3 ").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(ben.Card("same 3 ")).ToContainTextAsync("Approved by Ana");
        var waiting = await ben.Page.GetByTestId("pending-count").TextContentAsync();

        await ben.Page.ReloadAsync();

        await Expect(ben.Card("same 2 ")).ToBeVisibleAsync();
        await Expect(ben.Card("same 3 ")).ToHaveCountAsync(0);
        await Expect(ben.Page.GetByTestId("pending-count")).ToHaveTextAsync(waiting!);
        ana.AssertNothingWentWrong();
        ben.AssertNothingWentWrong();
    }

    private static ILocator Row(Visitor visitor, string text) => visitor.Page.Locator("tbody tr").Filter(new() { HasText = text });

    private static ILocator Approve(Visitor visitor, string text) =>
        visitor.Card(text).GetByRole(AriaRole.Button, new() { Name = "Approve" });

    private static async Task<bool> ToldAsync(Visitor visitor, string winner) =>
        (await visitor.Announcement.TextContentAsync())!.Contains($"{winner} decided meanwhile: approved", StringComparison.Ordinal);

    private static async Task<string> WinnerAsync(Visitor visitor, string text)
    {
        var done = await visitor.Card(text).InnerTextAsync();
        return Regex.Match(done, "Approved by (Ana|Ben)").Groups[1].Value;
    }
}
