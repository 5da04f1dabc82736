using System.Text.RegularExpressions;

using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ThresholdTests(Chromium chromium)
{
    [Fact]
    public async Task A_saved_threshold_counts_for_what_comes_afterwards_and_is_kept_as_a_version()
    {
        await using var desk = await Desk.StartForApiAsync("--Moderation:Threshold:Default=0");
        await desk.PostAsync(Note.Many("before", 20));
        await using var ana = await chromium.OpenAsync(desk, "threshold", name: "Ana");
        await using var ben = await chromium.OpenAsync(desk, "threshold", name: "Ben");
        await Expect(ana.Page.Locator("p[aria-live]")).ToContainTextAsync("20 of the newest 20 comments (100.0%)");
        await Expect(ana.Button("Save")).ToBeDisabledAsync();

        await SlideAsync(ana, "1");
        await Expect(ana.Page.Locator("p[aria-live]")).ToContainTextAsync("At 1.00, 0 of the newest 20 comments (0.0%)");
        await Expect(ana.Page.Locator("svg.chart")).ToHaveAttributeAsync("aria-label", new Regex("0 are over 1"));
        await ana.Page.GetByLabel("Note").FillAsync("Quiet <i>night</i>");
        await ana.Page.GetByLabel("Note").PressAsync("Tab");
        await ana.Button("Save").ClickAsync();

        await Expect(ana.Toast).ToContainTextAsync("The threshold of the whole site is 1.00");
        foreach (var visitor in new[] { ana, ben })
        {
            await Expect(visitor.Page.Locator("tbody tr").First).ToContainTextAsync("Quiet <i>night</i>");
            await Expect(visitor.Page.Locator("tbody tr").First).ToContainTextAsync("Ana");
        }

        await desk.PostAsync(Note.Many("afterwards", 3));
        await ana.GoAsync("history");
        await Expect(Row(ana, "afterwards 3 ")).ToHaveAttributeAsync("data-status", "Unflagged");
        await Expect(Row(ana, "before 20 ")).ToHaveAttributeAsync("data-status", "Pending");

        await ana.GoAsync("threshold");
        await SlideAsync(ana, "0");
        await ana.Button("Save").ClickAsync();
        await Expect(ana.Page.Locator("tbody tr")).ToHaveCountAsync(2);
        await ana.Page.Locator("tbody tr").Last.GetByRole(AriaRole.Button, new() { Name = "Set again" }).ClickAsync();
        await Expect(ana.Page.Locator("tbody tr")).ToHaveCountAsync(3);
        await Expect(ana.Page.Locator("tbody tr").First).ToContainTextAsync("1.00");
        await Expect(ana.Page.Locator("tbody tr").First).ToContainTextAsync("Back to the version of");
        ana.AssertNothingWentWrong();
        ben.AssertNothingWentWrong();
    }

    [Fact]
    public async Task A_community_may_have_a_threshold_of_its_own_and_give_it_up()
    {
        await using var desk = await Desk.StartForApiAsync("--Moderation:Threshold:Default=0");
        await desk.PostAsync([.. Note.Many("garden", 3), .. Note.Many("games", 3, "games")]);
        await using var ana = await chromium.OpenAsync(desk, "threshold", name: "Ana");
        await ana.Page.GetByLabel("Community").SelectOptionAsync("games");
        await Expect(ana.Page.Locator("p[aria-live]")).ToContainTextAsync("3 of the newest 3 comments");
        await Expect(ana.Page.Locator("p[aria-live]")).ToContainTextAsync("in force from the site");

        await ana.Page.GetByLabel("Threshold as a number").FillAsync("1");
        await ana.Page.GetByLabel("Threshold as a number").PressAsync("Tab");
        await ana.Button("Save").ClickAsync();
        await Expect(ana.Toast).ToContainTextAsync("The threshold of games is 1.00");
        await desk.PostAsync([new Note("g-new", "garden latest says hello"), new Note("m-new", "games latest says hello", Community: "games")]);

        await ana.GoAsync("history");
        await Expect(Row(ana, "games latest")).ToHaveAttributeAsync("data-status", "Unflagged");
        await Expect(Row(ana, "garden latest")).ToHaveAttributeAsync("data-status", "Pending");
        await ana.GoAsync("threshold");
        await ana.Page.GetByLabel("Community").SelectOptionAsync("games");
        await ana.Button("Use the site's").ClickAsync();
        await Expect(ana.Page.Locator("tbody tr").First).ToContainTextAsync("the site's");
        await Expect(ana.Button("Use the site's")).ToHaveCountAsync(0);
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task A_page_without_scores_says_so_and_a_change_elsewhere_shows()
    {
        await using var desk = await Desk.StartForApiAsync();
        await using var ana = await chromium.OpenAsync(desk, "threshold");
        await Expect(ana.Page.Locator(".empty")).ToContainTextAsync("No scores yet");
        await Expect(ana.Page.Locator("section").Last).ToContainTextAsync("0.50 comes from the settings");

        await desk.RunAsync("threshold", "set", "0.7", "--note", "from the command line");

        await Expect(ana.Page.Locator("tbody tr").First).ToContainTextAsync("from the command line");
        ana.AssertNothingWentWrong();
    }

    private static ILocator Row(Visitor visitor, string text) => visitor.Page.Locator("tbody tr").Filter(new() { HasText = text });

    private static Task SlideAsync(Visitor visitor, string value) => visitor.Page.Locator("input[type=range]").FillAsync(value);
}
