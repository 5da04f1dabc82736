using Microsoft.Playwright;

using Moderation.Tests.Support;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class LayoutTests(Chromium chromium, FlaggingDesk flagging) : IClassFixture<FlaggingDesk>
{
    private static readonly string[] _pages = ["Queue", "History", "Threshold", "Models", "Pipeline"];

    private readonly Desk _desk = flagging.Desk;

    [Theory]
    [InlineData(390)]
    [InlineData(768)]
    [InlineData(1024)]
    [InlineData(1920)]
    public async Task No_page_scrolls_sideways_and_every_action_is_in_reach(int width)
    {
        await _desk.PostAsync(Note.Many($"narrow {width}", 12));
        await using var ana = await chromium.OpenAsync(_desk, "queue", width);
        foreach (var page in _pages)
        {
            await ana.GoAsync(page.ToLowerInvariant());
            await Expect(ana.Page.Locator("article.card, tbody tr, .figures, svg.chart").First).ToBeVisibleAsync();
            Assert.False(await ana.ScrollsSidewaysAsync(), $"{page} scrolls sideways at {width} pixels.");
        }

        await ana.GoAsync("queue");
        var card = ana.Card($"narrow {width} 12 ");
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToBeInViewportAsync(new() { Ratio = 1 });
        await card.GetByRole(AriaRole.Button, new() { NameRegex = new("^Remove") }).ClickAsync();
        foreach (var reason in await card.Locator(".reasons .btn").AllAsync())
        {
            await Expect(reason).ToBeInViewportAsync(new() { Ratio = 1 });
            Assert.True(await IsInsideAsync(reason, card), $"'{await reason.InnerTextAsync()}' stands out of its card at {width} pixels.");
        }

        await card.GetByRole(AriaRole.Button, new() { Name = "Spam" }).ClickAsync();
        await Expect(card).ToHaveAttributeAsync("data-status", "Removed");
        Assert.True(await IsInsideAsync(card.GetByRole(AriaRole.Button, new() { Name = "Undo" }), card));
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Two_models_side_by_side_fit_every_width()
    {
        await _desk.RunAsync("train", "--input", _desk.Write("rows.csv", LabelledRows.Csv(200)));
        await using var ana = await chromium.OpenAsync(_desk, "models?version=v2");
        await Expect(ana.Page.Locator("tr[data-metric='ece'] .figure")).ToHaveCountAsync(2);
        foreach (var width in new[] { 320, 390, 768, 960, 1024, 1101, 1280, 1920 })
        {
            await ana.Page.SetViewportSizeAsync(width, 900);
            Assert.False(await ana.ScrollsSidewaysAsync(), $"The comparison scrolls sideways at {width} pixels.");
            Assert.Equal(0, await ana.Page.EvaluateAsync<int>(
                "() => [...document.querySelectorAll('.model *')].filter(part => part.getBoundingClientRect().right > document.querySelector('.model').getBoundingClientRect().right).length"));
        }

        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task On_a_phone_the_menu_opens_and_leads_to_every_page()
    {
        await using var ana = await chromium.OpenAsync(_desk, "queue", 390, 844);
        foreach (var page in _pages.Reverse())
        {
            await Expect(ana.Button("Open the menu")).ToHaveAttributeAsync("aria-expanded", "false");
            await ana.Button("Open the menu").ClickAsync();
            await ana.Page.GetByRole(AriaRole.Link, new() { NameRegex = new($"^{page}") }).ClickAsync();
            await Expect(ana.Page.Locator("h1")).ToHaveTextAsync(page);
            await Expect(ana.Page.Locator("h1")).ToBeInViewportAsync();
        }

        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Tab_and_Enter_alone_lead_to_every_page_with_a_focus_that_shows()
    {
        await using var ana = await chromium.OpenAsync(_desk, "queue");
        foreach (var page in _pages.Reverse())
        {
            var link = ana.Page.GetByRole(AriaRole.Link, new() { NameRegex = new($"^{page}") });
            await Eventually.TrueAsync(
                async _ =>
                {
                    await ana.PressAsync("Tab");
                    Assert.True(await FocusShowsAsync(ana), $"The focus does not show on {await FocusedAsync(ana)}.");
                    return await link.EvaluateAsync<bool>("link => link === document.activeElement");
                },
                $"Tab reached {page}");
            await ana.PressAsync("Enter");
            await Expect(ana.Page.Locator("h1")).ToHaveTextAsync(page);
        }

        ana.AssertNothingWentWrong();
    }

    private static async Task<bool> IsInsideAsync(ILocator part, ILocator whole)
    {
        var (inner, outer) = ((await part.BoundingBoxAsync())!, (await whole.BoundingBoxAsync())!);
        return inner.X >= outer.X && inner.Y >= outer.Y && inner.X + inner.Width <= outer.X + outer.Width && inner.Y + inner.Height <= outer.Y + outer.Height;
    }

    private static Task<string> FocusedAsync(Visitor visitor) =>
        visitor.Page.EvaluateAsync<string>("() => document.activeElement.outerHTML.slice(0, 200)");

    private static Task<bool> FocusShowsAsync(Visitor visitor) => visitor.Page.EvaluateAsync<bool>(
        """
        () => {
          const focused = document.activeElement;
          // A heading that is focused after navigation is where reading begins, nothing to act on.
          if (focused === document.body || focused.tabIndex < 0) return true;
          const style = getComputedStyle(focused);
          return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
        }
        """);
}
