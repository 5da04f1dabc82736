using System.Collections.Concurrent;

using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Moderation.Tests.Browser;

/// <summary>One person at the desk, with a browser of their own that keeps account of everything that goes wrong.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _desk;
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentQueue<string> _excused = new();

    private Visitor(IBrowserContext context, IPage page, Uri desk)
    {
        (_context, Page, _desk) = (context, page, desk);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Report($"console: {message.Text}");
            }
        };
        page.PageError += (_, error) => Report($"page error: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                Report($"{response.Status} {response.Url}");
            }
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && new Uri(request.Url).Authority != desk.Authority)
            {
                Report($"left the host: {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    public ILocator Cards => Page.Locator("article.card");

    public ILocator Selected => Page.Locator("article.card.selected");

    public ILocator List => Page.Locator("#queue-list");

    /// <summary>The button that shows what came meanwhile.</summary>
    public ILocator Newcomers => Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^View .+ new comment") });

    public ILocator Announcement => Page.GetByTestId("announcement");

    public ILocator Toast => Page.Locator(".mud-snackbar");

    public static async Task<Visitor> CreateAsync(IBrowserContext context, Uri desk)
    {
        await context.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', e => console.error(`content security policy: ${e.violatedDirective} ${e.blockedURI}`))");
        return new Visitor(context, await context.NewPageAsync(), desk);
    }

    /// <summary>Goes to a page and waits until it is alive.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await ExpectAliveAsync();
    }

    /// <summary>The page is drawn and its connection is up.</summary>
    public Task ExpectAliveAsync() => Expect(Page.Locator("h1")).ToBeVisibleAsync();

    public ILocator Card(string text) => Cards.Filter(new() { HasText = text });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });

    /// <summary>Waits until the queue hears keys: they are listened to a little after the first cards are drawn.</summary>
    public Task ExpectKeysAsync() => Eventually.TrueAsync(
        async _ => await Page.EvaluateAsync<bool>(
            "() => !document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))"),
        "the queue hears keys");

    /// <summary>Presses Esc; a dialog that has only just opened does not hear it yet.</summary>
    public Task CloseDialogAsync() => Eventually.TrueAsync(
        async _ =>
        {
            await PressAsync("Escape");
            return await Page.GetByRole(AriaRole.Dialog).CountAsync() == 0;
        },
        "the dialog closed");

    public async Task SelectAsync(string text)
    {
        await Card(text).Locator(".card-author").ClickAsync();
        await Expect(Card(text)).ToHaveAttributeAsync("aria-current", "true");
    }

    public Task PressAsync(string key) => Page.Keyboard.PressAsync(key);

    public Task<double> ScrollTopAsync() => List.EvaluateAsync<double>("list => list.scrollTop");

    /// <summary>Where each card that is on the screen stands, in pixels, once the list has come to rest.</summary>
    public async Task<string> PlacesAsync()
    {
        var before = "";
        await Eventually.TrueAsync(
            async _ =>
            {
                var now = await Page.EvaluateAsync<string>(
                    """
                    () => JSON.stringify([...document.querySelectorAll('article.card')]
                      .map(card => [card.id, card.getBoundingClientRect().top, card.getBoundingClientRect().height])
                      .filter(([, top, height]) => top + height > 0 && top < innerHeight))
                    """);
                var still = now == before;
                before = now;
                return still;
            },
            "the list came to rest");
        return before;
    }

    public Task<bool> ScrollsSidewaysAsync() => Page.EvaluateAsync<bool>(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth || document.body.scrollWidth > document.documentElement.clientWidth");

    /// <summary>The connection was cut on purpose, and the console said so in many words; errors of the page still count.</summary>
    public void ForgetConsole()
    {
        var kept = _problems.Where(problem => !problem.StartsWith("console:", StringComparison.Ordinal)).ToList();
        _problems.Clear();
        kept.ForEach(_problems.Enqueue);
    }

    /// <summary>Messages with these words are expected in this test.</summary>
    public void Excuse(string partOfMessage) => _excused.Enqueue(partOfMessage);

    /// <summary>Nothing went wrong on the page: no error, no violation of the policy, no failed request, none elsewhere.</summary>
    public void AssertNothingWentWrong() =>
        Assert.DoesNotContain(_problems, problem => !_excused.Any(excuse => problem.Contains(excuse, StringComparison.Ordinal)));

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Report(string problem) => _problems.Enqueue(problem.Replace(_desk.ToString(), "/", StringComparison.Ordinal));
}
