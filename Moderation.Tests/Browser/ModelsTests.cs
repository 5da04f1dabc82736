using Microsoft.Playwright;

using Moderation.Tests.Support;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ModelsTests(Chromium chromium)
{
    [Fact]
    public async Task A_model_is_promoted_and_rolled_back_with_the_keyboard_alone_and_everybody_sees_it()
    {
        await using var desk = await Desk.StartForApiAsync();
        await using var ana = await chromium.OpenAsync(desk, "models", name: "Ana");
        await using var ben = await chromium.OpenAsync(desk, "models?version=v2", name: "Ben");
        await Expect(Version(ana, "v1")).ToHaveAttributeAsync("data-state", "Live");
        await desk.PostAsync(new Note("early", "a text that came early"));

        // Ben asked for a version that is not there yet; it shows by itself when it is.
        await Expect(ben.Page.GetByText("There is no model v2; this is v1.")).ToBeVisibleAsync();
        await desk.RunAsync("train", "--input", desk.Write("rows.csv", LabelledRows.Csv(200)));
        await Expect(ben.Page.Locator("#model-heading")).ToHaveTextAsync("v2");

        await TabToAsync(ana, Version(ana, "v2"));
        await ana.PressAsync("Enter");
        await Expect(ana.Page.Locator("#model-heading")).ToHaveTextAsync("v2");
        await TabToAsync(ana, ana.Button("Promote v2"));
        await ana.PressAsync("Enter");
        await Expect(ana.Page.GetByRole(AriaRole.Group, new() { Name = "Comments that arrive from now on are scored by v2; what is already scored keeps its score." }))
            .ToBeFocusedAsync();
        await Expect(Version(ana, "v1")).ToHaveAttributeAsync("data-state", "Live");
        await ana.PressAsync("Tab");
        await ana.PressAsync("Enter");

        await Expect(ana.Toast).ToContainTextAsync("v2 is live from the next batch on.");
        await Expect(ana.Page.Locator("#model-heading")).ToBeFocusedAsync();
        await ExpectLiveAsync("v2", "v1", "Promoted by Ana", ana, ben);
        await desk.PostAsync(new Note("late", "a text that came late"));

        await TabToAsync(ben, ben.Button("Roll back to v1"), "Shift+Tab");
        await ben.PressAsync("Enter");
        await Expect(ben.Page.Locator(".confirm")).ToBeFocusedAsync();
        await ben.PressAsync("Tab");
        await ben.PressAsync("Enter");
        await Expect(ben.Page.Locator("h1")).ToBeFocusedAsync();
        await ExpectLiveAsync("v1", "v2", "Brought back by Ben", ana, ben);

        await ana.GoAsync("history");
        foreach (var (id, model) in new[] { ("early", "v1"), ("late", "v2") })
        {
            await Expect(ana.Page.Locator("tbody tr").Filter(new() { HasText = $"a text that came {id}" }).Locator("td.number"))
                .ToHaveAttributeAsync("title", $"Model {model}, threshold 0.5");
        }

        ana.AssertNothingWentWrong();
        ben.AssertNothingWentWrong();
    }

    [Fact]
    public async Task A_question_is_called_off_with_Esc_or_by_what_somebody_else_does()
    {
        await using var desk = await Desk.StartForApiAsync();
        await desk.RunAsync("train", "--input", desk.Write("rows.csv", LabelledRows.Csv(200)), "--promote");
        await using var ana = await chromium.OpenAsync(desk, "models");
        await ana.Button("Roll back to v1").ClickAsync();
        await Expect(ana.Page.Locator(".confirm")).ToBeFocusedAsync();
        await ana.PressAsync("Escape");
        await Expect(ana.Page.Locator(".confirm")).ToHaveCountAsync(0);

        await ana.Button("Roll back to v1").ClickAsync();
        await Expect(ana.Page.Locator(".confirm")).ToBeFocusedAsync();
        await desk.RunAsync("model", "rollback");

        await Expect(ana.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("v1 became live meanwhile; nothing else was changed.");
        await Expect(ana.Page.Locator(".confirm")).ToHaveCountAsync(0);
        await Expect(ana.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Roll back") })).ToHaveCountAsync(0);
        ana.AssertNothingWentWrong();
    }

    private static ILocator Version(Visitor visitor, string version) => visitor.Page.Locator($"a[data-version='{version}']");

    private static async Task ExpectLiveAsync(string live, string retired, string how, params Visitor[] visitors)
    {
        foreach (var visitor in visitors)
        {
            await Expect(Version(visitor, live)).ToHaveAttributeAsync("data-state", "Live");
            await Expect(Version(visitor, live)).ToContainTextAsync(how);
            await Expect(Version(visitor, retired)).ToHaveAttributeAsync("data-state", "Retired");
        }
    }

    private static Task TabToAsync(Visitor visitor, ILocator target, string key = "Tab") => Support.Eventually.TrueAsync(
        async () =>
        {
            await visitor.PressAsync(key);
            return await target.EvaluateAsync<bool>("target => target === document.activeElement");
        },
        "the focus got there");
}
