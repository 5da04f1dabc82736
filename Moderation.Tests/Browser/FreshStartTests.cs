using System.Text.RegularExpressions;

using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class FreshStartTests(Chromium chromium)
{
    [Fact]
    public async Task A_page_opened_while_the_model_is_trained_says_so_and_fills_by_itself()
    {
        await using var desk = await Desk.StartUnreadyAsync();
        await using var ana = await chromium.OpenAsync(desk, "queue");

        var said = await ana.Page.Locator(".empty strong").Or(ana.Cards).First.InnerTextAsync();
        if (!await desk.IsReadyAsync(TestContext.Current.CancellationToken))
        {
            // It was not ready before, either.
            Assert.Equal("Getting ready", said);
        }

        await desk.WaitUntilReadyAsync();

        await Expect(ana.Cards.First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(ana.Page.Locator(".banner")).ToContainTextAsync("Sample data");
        await Expect(ana.Page.Locator(".desk-nav .count")).ToHaveTextAsync(new Regex(@"\d"));
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task A_queue_opened_before_the_first_comment_is_empty_and_then_shows_it()
    {
        await using var desk = await Desk.StartForApiAsync("--Moderation:Threshold:Default=0");
        await using var ana = await chromium.OpenAsync(desk, "queue");
        await Expect(ana.Page.Locator(".empty")).ToContainTextAsync("Nothing waits for you");
        await Expect(ana.Page.Locator(".banner")).ToHaveCountAsync(0);

        await desk.PostAsync(new Note("1", "The very first comment"));

        await Expect(ana.Card("The very first comment")).ToBeVisibleAsync();
        await Expect(ana.Page.GetByTestId("pending-count")).ToHaveTextAsync("1 waiting");
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task The_address_alone_leads_to_the_queue_and_a_wrong_one_says_so()
    {
        await using var desk = await Desk.StartForApiAsync();
        await using var ana = await chromium.OpenAsync(desk, "");
        await Expect(ana.Page).ToHaveURLAsync(new Regex("/queue$"));
        ana.AssertNothingWentWrong();

        ana.Excuse("404");
        await ana.GoAsync("nowhere");
        await Expect(ana.Page.Locator("h1")).ToHaveTextAsync("There is no such page");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the queue" }).ClickAsync();
        await Expect(ana.Page.Locator("h1")).ToHaveTextAsync("Queue");
        ana.AssertNothingWentWrong();
    }
}
