using System.Text.Json;

using Deque.AxeCore.Playwright;

using Microsoft.Playwright;

using Moderation.Tests.Support;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class AccessibilityTests(Chromium chromium, FlaggingDesk flagging) : IClassFixture<FlaggingDesk>
{
    private readonly Desk _desk = flagging.Desk;

    [Theory]
    [InlineData("queue", ColorScheme.Light)]
    [InlineData("queue", ColorScheme.Dark)]
    [InlineData("history", ColorScheme.Light)]
    [InlineData("history", ColorScheme.Dark)]
    [InlineData("threshold", ColorScheme.Light)]
    [InlineData("threshold", ColorScheme.Dark)]
    [InlineData("models", ColorScheme.Light)]
    [InlineData("models", ColorScheme.Dark)]
    [InlineData("pipeline", ColorScheme.Light)]
    [InlineData("pipeline", ColorScheme.Dark)]
    public async Task A_page_passes_the_automated_check(string page, ColorScheme scheme)
    {
        await _desk.PostAsync([.. Note.Many($"check {page} {scheme}", 4), new Note($"rude {page} {scheme}", "You are a stupid idiot, shut up you moron")]);
        await using var ana = await chromium.OpenAsync(_desk, page, scheme: scheme);
        await Expect(ana.Page.Locator("article.card, tbody tr, svg.chart").First).ToBeVisibleAsync();

        await AssertPassesAsync(ana);
        ana.AssertNothingWentWrong();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Decided_cards_reasons_toasts_and_dialogs_pass_too(ColorScheme scheme)
    {
        await _desk.PostAsync(Note.Many($"states {scheme}", 5));
        await using var ana = await chromium.OpenAsync(_desk, "queue", scheme: scheme);
        await ana.Card($"states {scheme} 5 ").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await ana.Card($"states {scheme} 4 ").GetByRole(AriaRole.Button, new() { NameRegex = new("^Remove") }).ClickAsync();
        await ana.Card($"states {scheme} 4 ").GetByRole(AriaRole.Button, new() { Name = "Spam" }).ClickAsync();
        await Expect(ana.Card($"states {scheme} 4 ")).ToHaveAttributeAsync("data-status", "Removed");
        await ana.Card($"states {scheme} 2 ").GetByRole(AriaRole.Button, new() { NameRegex = new("^Remove") }).ClickAsync();
        await Expect(ana.Card($"states {scheme} 2 ").GetByRole(AriaRole.Group)).ToBeVisibleAsync();
        await Expect(ana.Toast.First).ToBeVisibleAsync();
        await AssertPassesAsync(ana);

        await ana.Button("Keys").ClickAsync();
        await Expect(ana.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await AssertPassesAsync(ana);
        ana.AssertNothingWentWrong();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_model_with_its_question_and_its_refusal_passes_too(ColorScheme scheme)
    {
        var trained = await _desk.RunAsync("train", "--json", "--input", _desk.Write("rows.csv", LabelledRows.Csv(200)));
        var version = JsonElement.Parse(trained).GetProperty("version").GetString()!;
        _desk.Write(Path.Combine("data", "models", $"{version}.model"), "altered");
        await using var ana = await chromium.OpenAsync(_desk, $"models?version={version}", scheme: scheme);
        await ana.Button($"Promote {version}").ClickAsync();
        await Expect(ana.Page.Locator(".confirm")).ToBeVisibleAsync();
        await AssertPassesAsync(ana);

        await ana.Button($"Promote {version}").ClickAsync();
        await Expect(ana.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"{version} was not promoted. The model file");
        await AssertPassesAsync(ana);
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
}
