using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

/// <summary>What strangers write is text, wherever it is shown.</summary>
[Collection(BrowserTests.Name)]
public sealed class HostileTextTests(Chromium chromium, FlaggingDesk flagging) : IClassFixture<FlaggingDesk>
{
    private const double CardHeight = 152;

    private readonly Desk _desk = flagging.Desk;

    public static TheoryData<string, string> Texts => new()
    {
        { "a script", "<script>window.hacked = true</script>" },
        { "an image that fails", "<img src=x onerror=\"window.hacked = true\"><img src='http://127.0.0.1:9/leak.png'>" },
        { "a drawing", "<svg onload='window.hacked=true'><style>*{display:none}</style></svg></article></div>" },
        { "a script link", "<a href=\"javascript:window.hacked=true\">click</a> javascript:window.hacked=true" },
        { "template braces", "{{constructor.constructor('window.hacked=true')()}} @(1+1) ${window.hacked=true} <!--" },
        { "quotes that close attributes", "\" autofocus onfocus=\"window.hacked=true\" x='" },
        { "right to left", "\u202Eevil txt.exe\u202C \u2067 مرحبا \u05E9\u05DC\u05D5\u05DD" },
        { "zero width", "z\u200Be\u200Cr\u200Do\uFEFF w\u2060idth" },
        { "stacked marks", "Z" + string.Concat(Enumerable.Repeat("\u0300\u0316\u0334", 100)) + "algo" },
        { "emoji", "👩‍👩‍👧‍👦🏳️‍🌈👍🏽🇺🇳 e\u0301 \uD83D\uDE00" },
        { "control characters", "a\u0001b\u0007c\u001Bd\u007F\u0085e" },
        { "entities", "&lt;b&gt; &amp;amp; &#x3C;script&#x3E;" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Markup_and_odd_characters_are_shown_as_text_on_every_page(string what, string text)
    {
        var marker = $"hostile [{what}]";
        await _desk.PostAsync(
            new Note($"h-{what}", $"{marker}: {text} {new string('.', 330)}", text, text, text),
            new Note($"h2-{what}", "an ordinary neighbour"));
        await using var ana = await chromium.OpenAsync(_desk, "queue");
        var card = ana.Card(marker);
        await Expect(card).ToBeVisibleAsync();
        await AssertCardsKeepTheirHeightAsync(ana);
        if (!text.Any(char.IsControl))
        {
            Assert.Contains(text, await card.Locator(".card-body").EvaluateAsync<string>("body => body.textContent"), StringComparison.Ordinal);
        }

        await card.GetByRole(AriaRole.Button, new() { Name = "Read more" }).ClickAsync();
        await Expect(ana.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync(marker);
        await ana.CloseDialogAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(card).ToHaveAttributeAsync("data-status", "Approved");

        await ana.GoAsync("history");
        await Expect(ana.Page.Locator("tbody tr").Filter(new() { HasText = marker })).ToBeVisibleAsync();
        await ana.GoAsync("threshold");
        await Expect(ana.Page.GetByLabel("Community").Locator("option").Nth(1)).ToBeAttachedAsync();
        Assert.Null(await ana.Page.EvaluateAsync<bool?>("() => window.hacked ?? null"));
        ana.AssertNothingWentWrong();
    }

    [Fact]
    public async Task Huge_empty_and_blank_comments_leave_the_page_usable()
    {
        await _desk.PostAsync(
            new Note("word", "huge " + new string('w', 1_000_000), new string('A', 500), new string('C', 500), new string('T', 500)),
            new Note("lines", "lines" + new string('\n', 10_000) + "end"),
            new Note("empty", "", "Empty"),
            new Note("blank", " \t\n ", "Blank"),
            new Note("nobody", "written by nobody", null));
        await using var ana = await chromium.OpenAsync(_desk, "queue");
        foreach (var text in new[] { "huge ", "lines", "Empty", "Blank", "(no author)" })
        {
            await Expect(ana.Card(text).First).ToBeAttachedAsync();
        }

        await AssertCardsKeepTheirHeightAsync(ana);
        Assert.False(await ana.ScrollsSidewaysAsync());

        var dialog = ana.Page.GetByRole(AriaRole.Dialog);
        await ana.Card("huge ").GetByRole(AriaRole.Button, new() { Name = "Read more" }).ClickAsync();
        await Expect(dialog.Locator(".full-body")).ToBeVisibleAsync();
        Assert.Equal(1_000_005, await dialog.Locator(".full-body").EvaluateAsync<int>("body => body.textContent.trim().length"));
        Assert.False(await ana.ScrollsSidewaysAsync());
        await ana.CloseDialogAsync();

        await ana.Card("huge ").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(ana.Card("huge ")).ToHaveAttributeAsync("data-status", "Approved");
        await ana.GoAsync("history");
        await Expect(ana.Page.Locator("tbody tr").Filter(new() { HasText = "huge " })).ToBeVisibleAsync();
        Assert.False(await ana.ScrollsSidewaysAsync());
        await ana.GoAsync("threshold");
        Assert.False(await ana.ScrollsSidewaysAsync());
        ana.AssertNothingWentWrong();
    }

    private static async Task AssertCardsKeepTheirHeightAsync(Visitor visitor)
    {
        var heights = await visitor.Cards.EvaluateAllAsync<double[]>("cards => cards.map(card => card.getBoundingClientRect().height)");
        Assert.All(heights, height => Assert.Equal(CardHeight, height));
        var inside = await visitor.Cards.EvaluateAllAsync<bool>(
            """
            cards => cards.every(card => [...card.querySelectorAll('.card-line, .card-body, .card-actions, .btn')].every(part => {
              const [outer, inner] = [card.getBoundingClientRect(), part.getBoundingClientRect()];
              return inner.top >= outer.top && inner.bottom <= outer.bottom && inner.right <= outer.right;
            }))
            """);
        Assert.True(inside, "Something stands out of its card.");
    }
}
