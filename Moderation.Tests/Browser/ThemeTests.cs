using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ThemeTests(Chromium chromium, FlaggingDesk flagging) : IClassFixture<FlaggingDesk>
{
    private readonly Desk _desk = flagging.Desk;

    [Fact]
    public async Task The_theme_follows_the_system_until_one_is_chosen_which_stays()
    {
        await using var ana = await chromium.OpenAsync(_desk, "queue");
        var html = ana.Page.Locator("html");
        var switcher = ana.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Theme:") });
        await Expect(html).ToHaveAttributeAsync("data-theme", "light");
        await Expect(switcher).ToHaveAccessibleNameAsync("Theme: system. Change it.");
        await ana.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Expect(html).ToHaveAttributeAsync("data-theme", "dark");
        await ana.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Expect(html).ToHaveAttributeAsync("data-theme", "light");

        await switcher.ClickAsync();
        await Expect(switcher).ToHaveAccessibleNameAsync("Theme: light. Change it.");
        await switcher.ClickAsync();
        await Expect(switcher).ToHaveAccessibleNameAsync("Theme: dark. Change it.");
        await Expect(html).ToHaveAttributeAsync("data-theme", "dark");
        await ana.Page.ReloadAsync();
        await Expect(switcher).ToHaveAccessibleNameAsync("Theme: dark. Change it.");
        await Expect(html).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(ana.Page.Locator("header")).ToHaveCSSAsync("background-color", "rgb(27, 32, 41)");
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task The_frame_is_dark_from_its_first_drawing_on()
    {
        await using var ana = await chromium.OpenAsync(_desk, "queue", scheme: ColorScheme.Dark);

        // The server learns the theme only after it has drawn the frame.
        await ana.Page.AddInitScriptAsync(
            """
            new MutationObserver((_, watcher) => {
              const [bar, drawer] = [document.querySelector('header'), document.querySelector('aside')];
              if (!bar || !drawer) return;
              watcher.disconnect();
              window.firstColours = [bar, drawer].map(part => getComputedStyle(part).backgroundColor).join();
            }).observe(document, { childList: true, subtree: true });
            """);
        await ana.Page.GotoAsync("queue");
        await ana.Page.WaitForFunctionAsync("() => window.firstColours");

        Assert.Equal("rgb(27, 32, 41),rgb(27, 32, 41)", await ana.Page.EvaluateAsync<string>("() => window.firstColours"));
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task A_dark_page_is_dark_before_its_first_paint()
    {
        await using var ana = await chromium.OpenAsync(_desk, "queue", scheme: ColorScheme.Dark);

        // The page's own scripts are held back: what shows then is what a first paint shows.
        await ana.Page.RouteAsync("**/_framework/**", route => route.AbortAsync());
        ana.Excuse("ERR_FAILED");
        await ana.Page.GotoAsync("history");

        await Expect(ana.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(ana.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(19, 23, 30)");
        ana.AssertNothingWentWrong();
    }
}
