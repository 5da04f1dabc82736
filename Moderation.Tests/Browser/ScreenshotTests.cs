using Microsoft.Playwright;

using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Sources.Sample;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

/// <summary>Draws the pictures of the documentation, when asked to.</summary>
[Collection(BrowserTests.Name)]
public sealed class ScreenshotTests(Chromium chromium)
{
    /// <summary>The folder that the pictures go to.</summary>
    private const string FolderVariable = "MODERATION_SCREENSHOTS";

    private const int EnoughCards = 8;

    private static readonly (string Name, string Path)[] _pages =
        [("queue", "queue"), ("history", "history"), ("threshold", "threshold"), ("models", "models?version=v2"), ("pipeline", "pipeline")];

    [Fact]
    public async Task Pictures_of_every_page_are_drawn_in_light_and_dark()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"Set {FolderVariable} to a folder to draw the pictures.");
        Directory.CreateDirectory(folder!);
        await using var desk = await Desk.StartAsync("--Moderation:Sources:0:Type=sample", "--Moderation:Sources:0:Rate=20");
        await DecideAFewAsync(desk);
        await desk.RunAsync("train", "--input", desk.Write("two-communities.csv", LabelledCsv(SampleCorpus.Shared.TrainingRows.Take(700))));

        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var suffix = scheme == ColorScheme.Light ? "light" : "dark";
            foreach (var (name, path) in _pages)
            {
                await DrawAsync(desk, path, scheme, 1440, 900, Path.Combine(folder!, $"{name}-{suffix}.png"));
            }

            await DrawAsync(desk, "queue", scheme, 390, 844, Path.Combine(folder!, $"queue-phone-{suffix}.png"));
        }
    }

    private static string LabelledCsv(IEnumerable<LabelledComment> rows) => string.Join(
        '\n', rows.Select(row => $"\"{row.Body.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{(row.Removed ? 1 : 0)}").Prepend("text,label"));

    private async Task DecideAFewAsync(Desk desk)
    {
        await using var ana = await chromium.OpenAsync(desk, "queue?sort=oldest", name: "Ana");
        await Eventually.TrueAsync(
            async _ =>
            {
                await ana.Page.ReloadAsync();
                await Expect(ana.Cards.First).ToBeVisibleAsync();
                return await ana.Cards.CountAsync() >= EnoughCards;
            },
            "enough comments wait",
            TimeSpan.FromMinutes(2));
        await ana.ExpectKeysAsync();
        foreach (var keys in new[] { "a", "r1", "r3", "a" })
        {
            var selected = await ana.Selected.GetAttributeAsync("data-comment-id");
            await ana.PressAsync(keys[..1]);
            if (keys.Length > 1)
            {
                await Expect(ana.Page.Locator(".card.choosing")).ToBeVisibleAsync();
                await ana.PressAsync(keys[1..]);
            }

            await Expect(ana.Page.Locator($"article.card[data-comment-id='{selected}']")).Not.ToHaveAttributeAsync("data-status", "Pending");
        }
    }

    private async Task DrawAsync(Desk desk, string page, ColorScheme scheme, int width, int height, string file)
    {
        await using var ana = await chromium.OpenAsync(desk, page, width, height, scheme, "Ana");
        await Expect(ana.Page.Locator("article.card, tbody tr, svg.chart").First).ToBeVisibleAsync();
        await Expect(ana.Page.Locator(".desk-nav .count")).Not.ToBeEmptyAsync();
        await ana.PlacesAsync();
        await ana.Page.ScreenshotAsync(new() { Path = file });
    }
}
