using System.Text.RegularExpressions;

using Microsoft.Playwright;

namespace Moderation.Tests.Browser;

/// <summary>The system's Chromium, one for all browser tests; each test opens browsers of its own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const int LongestExpectation = 20_000;

    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly string[] _usualPlaces = ["/usr/bin", "/usr/local/bin", "/snap/bin", "/usr/lib/chromium"];

    private static readonly string[] _arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var program = Find();
        if (program is null)
        {
            Assert.Fail("There is no Chromium on this machine; ./test installs it.");
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = _arguments });
        Assertions.SetDefaultExpectTimeout(LongestExpectation);
    }

    /// <summary>Opens a page in a browser of its own: no cookies, nothing remembered.</summary>
    internal async Task<Visitor> OpenAsync(
        Desk desk, string path, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, string? name = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = desk.Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(LongestExpectation);
        var visitor = await Visitor.CreateAsync(context, desk.Address);
        if (name is not null)
        {
            await context.AddInitScriptAsync($"localStorage.setItem('desk.name', '{name}')");
        }

        await visitor.GoAsync(path);
        return visitor;
    }

    /// <summary>Opens a file that needs no server.</summary>
    internal async Task<IPage> OpenFileAsync(string path, int width, ColorScheme scheme)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(_usualPlaces)
        .Where(folder => folder.Length > 0)
        .SelectMany(folder => _names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}

/// <summary>Browser tests run one after the other: each needs a browser and a desk, and machines have few cores.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    public const string Name = "Browser";
}
