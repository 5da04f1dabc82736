using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class RestartTests(Chromium chromium)
{
    [Fact]
    public async Task A_page_survives_a_restart_of_the_program_and_no_decision_is_lost()
    {
        await using var desk = await Desk.StartForApiAsync("--Moderation:Threshold:Default=0");
        await desk.PostAsync(Note.Many("kept", 5));
        await using var ana = await chromium.OpenAsync(desk, "queue", name: "Ana");
        await ana.Card("kept 5 ").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(ana.Card("kept 5 ")).ToHaveAttributeAsync("data-status", "Approved");
        var lost = ana.Page.Locator("#components-reconnect-modal");
        await Expect(lost).ToBeHiddenAsync();

        await desk.StopAsync();
        await Expect(lost).ToBeVisibleAsync();
        await Expect(lost).ToContainTextAsync("Connection lost");
        Assert.NotEqual(await BackgroundAsync("document.body"), await BackgroundAsync("document.getElementById('components-reconnect-modal')"));

        await desk.StartAgainAsync();

        await Expect(lost).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Expect(ana.Card("kept 4 ")).ToBeVisibleAsync();
        ana.ForgetConsole();
        await Expect(ana.Card("kept 5 ")).ToHaveCountAsync(0);
        await desk.PostAsync(Note.Many("after", 2));
        await Expect(ana.Newcomers).ToContainTextAsync("View 2 new comments");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(ana.Page.Locator("tbody tr").Filter(new() { HasText = "kept 5 " })).ToContainTextAsync("Approved by Ana");
        ana.AssertNothingWentWrong();

        Task<string> BackgroundAsync(string element) => ana.Page.EvaluateAsync<string>($"getComputedStyle({element}).backgroundColor");
    }

    [Fact]
    public async Task The_sample_streams_on_after_a_restart()
    {
        await using var desk = await Desk.StartAsync();
        await using var ana = await chromium.OpenAsync(desk, "pipeline");
        await Expect(ana.Page.Locator("tbody").First).ToContainTextAsync("sample");
        await desk.StopAsync();
        await desk.StartAgainAsync();

        await using var ben = await chromium.OpenAsync(desk, "history");
        var newest = ben.Page.Locator("tbody tr").First;
        await Expect(newest).ToBeVisibleAsync();
        var first = await newest.GetAttributeAsync("data-comment-id");
        await Eventually.TrueAsync(
            async _ =>
            {
                await ben.Page.ReloadAsync();
                return await newest.GetAttributeAsync("data-comment-id") != first;
            },
            "a comment came after the restart");
        ben.AssertNothingWentWrong();
    }
}
