using System.Text.RegularExpressions;

using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class DecisionTests(Chromium chromium, FlaggingDesk flagging) : IClassFixture<FlaggingDesk>
{
    private readonly Desk _desk = flagging.Desk;

    [Fact]
    public async Task Approving_by_button_greys_the_card_in_place_and_offers_to_undo()
    {
        await _desk.PostAsync(Note.Many("approve", 12));
        await using var ana = await chromium.OpenAsync(_desk, "queue", name: "Ana");
        var card = ana.Card("approve 11 ");
        await Expect(card).ToBeVisibleAsync();
        var places = await ana.PlacesAsync();

        await card.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await Expect(card).ToHaveClassAsync(new Regex(@"\bdone\b"));
        await Expect(card).ToContainTextAsync("Approved by Ana");
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);
        await Expect(ana.Toast).ToContainTextAsync("Approved. Undo (Ctrl+Z)");
        await Expect(ana.Announcement).ToHaveTextAsync("Approved. Undo (Ctrl+Z)");
        await Expect(ana.Announcement).ToHaveAttributeAsync("aria-live", "polite");
        await Expect(ana.Selected).ToContainTextAsync("approve 10 ");
        Assert.Equal(places, await ana.PlacesAsync());
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Removing_by_button_asks_for_the_reason_and_can_be_called_off()
    {
        await _desk.PostAsync(Note.Many("remove", 6));
        await using var ana = await chromium.OpenAsync(_desk, "queue");
        var card = ana.Card("remove 6 ");
        var remove = card.GetByRole(AriaRole.Button, new() { NameRegex = new("^Remove") });

        await remove.ClickAsync();
        await Expect(card).ToContainTextAsync("Removing takes the comment out of the queue");
        await card.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(card).ToHaveAttributeAsync("data-status", "Pending");
        await Expect(remove).ToBeVisibleAsync();

        await remove.ClickAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Spam" }).ClickAsync();
        await Expect(card).ToContainTextAsync("Removed by moderator");
        await Expect(ana.Toast).ToContainTextAsync("Removed: Spam.");
        ana.AssertNothingWentWrong();
    }

    [Theory]
    [InlineData("toast")]
    [InlineData("card")]
    [InlineData("key")]
    [InlineData("history")]
    public async Task A_decision_is_undone_from_everywhere(string way)
    {
        await _desk.PostAsync(Note.Many($"undo-{way}", 5));
        await using var ana = await chromium.OpenAsync(_desk, "queue");
        var card = ana.Card($"undo-{way} 5 ");
        await card.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(card).ToHaveAttributeAsync("data-status", "Approved");

        switch (way)
        {
            case "toast":
                await ana.Toast.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
                break;
            case "card":
                await card.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
                break;
            case "key":
                await ana.PressAsync("Control+z");
                break;
            default:
                await ana.Page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
                var row = ana.Page.Locator("tbody tr").Filter(new() { HasText = $"undo-{way} 5 " });
                await row.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
                await Expect(row).ToHaveAttributeAsync("data-status", "Pending");
                await ana.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Queue") }).ClickAsync();
                break;
        }

        await Expect(card).ToHaveAttributeAsync("data-status", "Pending");
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToBeVisibleAsync();
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task The_toasts_undo_still_works_from_another_page()
    {
        await _desk.PostAsync(Note.Many("away", 2));
        await using var ana = await chromium.OpenAsync(_desk, "queue");
        await ana.Card("away 2 ").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        var row = ana.Page.Locator("tbody tr").Filter(new() { HasText = "away 2 " });
        await Expect(row).ToHaveAttributeAsync("data-status", "Approved");

        await ana.Toast.GetByRole(AriaRole.Button, new() { Name = "Undo" }).First.ClickAsync();

        await Expect(row).ToHaveAttributeAsync("data-status", "Pending");
        await Expect(ana.Page.Locator(".error")).ToHaveCountAsync(0);
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task A_name_that_was_chosen_is_kept_and_carried_by_decisions()
    {
        await _desk.PostAsync(Note.Many("named", 2));
        await using var ana = await chromium.OpenAsync(_desk, "queue");
        var field = ana.Page.Locator("#desk-name");
        await field.FillAsync("Grace <b>");
        await field.PressAsync("Tab");
        await ana.Page.ReloadAsync();
        await Expect(field).ToHaveValueAsync("Grace <b>");

        await ana.Card("named 2 ").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await Expect(ana.Card("named 2 ")).ToContainTextAsync("Approved by Grace <b>");
        ana.AssertNothingWentWrong();
    }
}
