using System.Text.RegularExpressions;

using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class PipelineTests(Chromium chromium, FlaggingDesk flagging) : IClassFixture<FlaggingDesk>
{
    private readonly Desk _desk = flagging.Desk;

    [Fact]
    public async Task Figures_and_sources_follow_what_comes_in()
    {
        await using var ana = await chromium.OpenAsync(_desk, "pipeline");
        var received = Figure(ana, "Received");
        await Expect(received).ToHaveTextAsync(new Regex(@"^\d"));
        var before = int.Parse(await received.InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);

        await _desk.PostAsync(Note.Many("figures", 7));

        await Expect(received).ToHaveTextAsync($"{before + 7}");
        await Expect(Source(ana, "api")).ToContainTextAsync("7");
        await Expect(Figure(ana, "Last commit")).ToHaveTextAsync(new Regex("ago|just now"));
        await Expect(Figure(ana, "Received to committed")).ToHaveTextAsync(new Regex(@"\d+ ms"));
        await _desk.PostAsync(Note.Many("figures", 7));
        await Expect(Figure(ana, "Known already")).ToHaveTextAsync("7");
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_listed_with_place_and_reason()
    {
        var file = _desk.Write("broken.csv", "id,body,removed\n1,a fine comment,0\n2,\"never closed,0\n3,x\n");
        await using var ana = await chromium.OpenAsync(_desk, "pipeline");
        await Expect(ana.Page.Locator("section").Last).ToContainTextAsync("None. What cannot be read is kept here");

        await _desk.RunAsync("ingest", "--input", file, "--source", "a <b>file</b>");

        var letters = ana.Page.Locator("section").Last.Locator("tbody tr");
        await Expect(letters.First).ToContainTextAsync("a <b>file</b>");
        await Expect(letters.First).ToContainTextAsync(new Regex(@"\d"));
        await Expect(Figure(ana, "Unreadable")).Not.ToHaveTextAsync("0");
        await Expect(Source(ana, "a <b>file</b>")).ToBeVisibleAsync();
        ana.AssertNothingWentWrong();
    }

    private static ILocator Figure(Visitor visitor, string name) =>
        visitor.Page.Locator(".figures > div").Filter(new() { Has = visitor.Page.GetByText(name, new() { Exact = true }) }).Locator("dd");

    private static ILocator Source(Visitor visitor, string name) =>
        visitor.Page.Locator("section[aria-labelledby=sources-heading] tbody tr").Filter(new() { HasText = name });
}
