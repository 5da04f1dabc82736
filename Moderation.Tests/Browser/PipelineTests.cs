using System.Text.RegularExpressions;

using Deque.AxeCore.Playwright;

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
        await Expect(Figure(ana, "Database")).ToHaveTextAsync(new Regex(@"\d [KM]B"));
        await Expect(ana.Page.Locator("section[aria-labelledby=latency-heading] dd").First).ToHaveTextAsync(new Regex(@"\d+ ms"));
        await _desk.PostAsync(Note.Many("figures", 7));
        await Expect(Figure(ana, "Known already")).ToHaveTextAsync("7");
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_listed_with_place_and_reason()
    {
        var file = _desk.Write("broken.csv", "id,body,removed\n1,a fine comment,0\n2,\"never closed,0\n3,x\n");
        await using var ana = await chromium.OpenAsync(_desk, "pipeline");
        await Expect(Letters(ana)).ToHaveCountAsync(0);

        await _desk.RunAsync("ingest", "--input", file, "--source", "a <b>file</b>");

        await Expect(Letters(ana).First).ToContainTextAsync("a <b>file</b>");
        await Expect(Letters(ana).First).ToContainTextAsync(new Regex(@"\d"));
        await Expect(Figure(ana, "Dead letters")).Not.ToHaveTextAsync("0");
        await Expect(Source(ana, "a <b>file</b>")).ToBeVisibleAsync();
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task A_source_is_paused_and_a_letter_replayed_with_the_keyboard_alone()
    {
        using var folder = new Support.TemporaryFolder();
        var path = folder.Write("forum.ndjson", """{"id":"a","body":"one"}""" + "\nbroken <b>line</b>\n" + """{"id":"b","body":"two"}""" + "\n");
        await using var desk = await Desk.StartAsync(
            "--Moderation:Sources:0:Type=file", $"--Moderation:Sources:0:Path={path}",
            "--Moderation:Sources:1:Type=file", $"--Moderation:Sources:1:Path={folder.File("later.ndjson")}");
        await using var ana = await chromium.OpenAsync(desk, "pipeline", name: "Ana");
        await Expect(Source(ana, "forum.ndjson")).ToHaveAttributeAsync("data-state", "finished");
        await Expect(Source(ana, "later.ndjson")).ToHaveAttributeAsync("data-state", "waiting");
        await Expect(ana.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("later.ndjson");

        await TabToAsync(ana, ana.Button("Pause forum.ndjson"));
        await ana.PressAsync("Enter");
        await Expect(Source(ana, "forum.ndjson")).ToHaveAttributeAsync("data-state", "paused");
        await Expect(ana.Button("Resume forum.ndjson")).ToBeFocusedAsync();
        await TabToAsync(ana, ana.Button("Rewind forum.ndjson"));
        await ana.PressAsync("Enter");
        await Expect(ana.Page.Locator(".confirm")).ToBeFocusedAsync();
        await AssertPassesAsync(ana);
        await ana.PressAsync("Escape");
        await Expect(ana.Page.Locator("#sources-heading")).ToBeFocusedAsync();

        await TabToAsync(ana, ana.Button("Original of 1"));
        await ana.PressAsync("Enter");
        await TabToAsync(ana, ana.Page.Locator("textarea"));
        await Expect(ana.Page.Locator("textarea")).ToHaveValueAsync("broken <b>line</b>");
        await AssertPassesAsync(ana);
        await ana.PressAsync("Control+A");
        await ana.Page.Keyboard.InsertTextAsync("""{"id":"m","body":"mended"}""");
        await ana.PressAsync("Tab");
        await ana.PressAsync("Enter");
        await Expect(Letters(ana)).ToHaveCountAsync(0);
        await Expect(ana.Toast).ToContainTextAsync("1 dead letter became a comment.");
        await Expect(ana.Page.Locator("#dead-heading")).ToBeFocusedAsync();

        folder.Write("later.ndjson", """{"id":"c","body":"three"}""" + "\n");
        await Expect(Source(ana, "later.ndjson")).ToHaveAttributeAsync("data-state", "finished", new() { Timeout = 60_000 });
        ana.AssertNothingWentWrong();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task With_sources_and_letters_the_page_passes_the_automated_check(ColorScheme scheme, int width)
    {
        var name = $"check {scheme}";
        await _desk.RunAsync("ingest", "--source", name, "--input", _desk.Write($"{scheme}.ndjson", "broken\n"));
        await using var ana = await chromium.OpenAsync(_desk, "pipeline", width, 900, scheme);
        await Expect(Letters(ana).First).ToBeVisibleAsync();
        await ana.Button("Original of").First.ClickAsync();
        await ana.Button("Discard").First.ClickAsync();
        await Expect(ana.Page.Locator(".confirm")).ToBeVisibleAsync();

        await AssertPassesAsync(ana);

        Assert.False(await ana.ScrollsSidewaysAsync());
        ana.AssertNothingWentWrong();
    }

    private static async Task AssertPassesAsync(Visitor visitor)
    {
        var result = await visitor.Page.RunAxe();
        Assert.True(
            result.Violations.Length == 0,
            string.Join('\n', result.Violations.SelectMany(
                violation => violation.Nodes.Select(node => $"{violation.Id}: {violation.Help}: {node.Html}"))));
    }

    private static Task TabToAsync(Visitor visitor, ILocator target) => Support.Eventually.TrueAsync(
        async () =>
        {
            await visitor.PressAsync("Tab");
            return await target.EvaluateAsync<bool>("target => target === document.activeElement");
        },
        "the focus got there");

    private static ILocator Figure(Visitor visitor, string name) =>
        visitor.Page.Locator(".figures > div").Filter(new() { Has = visitor.Page.GetByText(name, new() { Exact = true }) }).Locator("dd");

    private static ILocator Source(Visitor visitor, string name) => visitor.Page.Locator($"tr[data-source='{name}']");

    private static ILocator Letters(Visitor visitor) => visitor.Page.Locator("tr[data-letter]");
}
