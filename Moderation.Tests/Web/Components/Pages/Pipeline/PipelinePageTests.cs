using System.Globalization;

using AngleSharp.Dom;

using Bunit;

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

using Moderation.Data.Reading;
using Moderation.Data.Searching;
using Moderation.Data.Schema;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Flow.Replay;
using Moderation.Pipeline.Flow.Supervision;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Data;
using Moderation.Tests.Data.Flow;
using Moderation.Tests.Support;
using Moderation.Web.Api;
using Moderation.Web.Components.Pages.Pipeline;

namespace Moderation.Tests.Web.Components.Pages.Pipeline;

public sealed class PipelinePageTests : PageTest
{
    private const string Hostile = """{"id":"x","body":<script>alert(1)</script>""";

    private readonly CancellationTokenSource _stopSources = new();

    [Fact]
    public async Task A_source_is_paused_resumed_and_rewound_from_its_row()
    {
        var supervising = Supervise(new ListSource([.. Enumerable.Range(0, 5).Select(n => TestFlow.Comment($"s{n}"))], 2));
        var page = OpenPipeline();
        page.WaitForAssertion(() => Assert.Equal("finished", Row(page).GetAttribute("data-state")));
        Assert.Equal("5", Cell(page, "Checkpoint"));

        await Button(page, "Pause forum").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("paused", Row(page).GetAttribute("data-state")));
        Assert.Contains("forum is paused.", page.Markup, StringComparison.Ordinal);

        await Button(page, "Rewind forum").ClickAsync();
        Assert.StartsWith("forum is read again from its beginning", page.Find("#rewind-text").TextContent, StringComparison.Ordinal);
        Assert.Equal("5", Cell(page, "Checkpoint"));
        await page.Find(".confirm .primary").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("—", Cell(page, "Checkpoint")));

        await Button(page, "Resume forum").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("finished", Row(page).GetAttribute("data-state")));
        Assert.Equal(("5", "10"), (Cell(page, "Checkpoint"), Cell(page, "Received")));
        Assert.Equal(5, Desk.Look(context => context.Comments.Count()));
        await StopSourcesAsync(supervising);
    }

    [Fact]
    public async Task A_source_that_fails_says_why_and_can_be_tried_at_once()
    {
        var broken = true;
        var supervising = Supervise(new ListSource([TestFlow.Comment("a")], 1, _ => Break(broken)));
        var page = OpenPipeline();
        page.WaitForAssertion(() => Assert.Contains("The forum is away. It is tried again", page.Find("tr.note").TextContent, StringComparison.Ordinal));

        broken = false;
        await Button(page, "Try now: forum").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("finished", Row(page).GetAttribute("data-state")));
        Assert.Empty(page.FindAll("tr.note"));
        await StopSourcesAsync(supervising);

        static void Break(bool broken)
        {
            if (broken)
            {
                throw new SourceException("The forum is away.");
            }
        }
    }

    [Fact]
    public async Task Sources_whose_callers_name_them_are_shown_and_cannot_be_paused()
    {
        await AddAsync("a text");

        var page = OpenPipeline();

        Assert.Equal("running", Row(page, "test").GetAttribute("data-state"));
        Assert.Empty(Row(page, "test").QuerySelectorAll("button"));
    }

    [Fact]
    public async Task A_letter_is_read_as_text_mended_and_becomes_a_comment()
    {
        var id = await AddLetterAsync(Hostile);
        var page = OpenPipeline();
        page.WaitForAssertion(() => Assert.Single(Letters(page)));

        await Button(page, $"Original of {id}").ClickAsync();
        Assert.Equal(Hostile, page.Find("textarea").GetAttribute("value"));
        Assert.Empty(page.FindAll("script"));
        await page.Find("textarea").ChangeAsync(new() { Value = "worse" });
        await Button(page, "Replay this text").ClickAsync();
        page.WaitForAssertion(() => Assert.StartsWith("It failed again: ", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("worse", page.Find("textarea").GetAttribute("value"));

        await page.Find("textarea").ChangeAsync(new() { Value = """{"id":"x","body":"mended"}""" });
        await Button(page, "Replay this text").ClickAsync();

        page.WaitForAssertion(() => Assert.Empty(Letters(page)));
        Assert.Equal(["mended"], Desk.Texts("x"));
        Assert.Equal((Hostile, 1), Desk.Look(context => context.DeadLetters.Select(letter => ValueTuple.Create(letter.Original, letter.Attempts)).Single()));
    }

    [Fact]
    public async Task One_is_replayed_another_discarded_after_a_question()
    {
        var bad = await AddLetterAsync("broken");
        var good = await AddLetterAsync("""{"id":"x","body":"a text"}""");
        var page = OpenPipeline();
        page.WaitForAssertion(() => Assert.Equal(2, Letters(page).Count));

        await Button(page, $"Replay {good}").ClickAsync();
        page.WaitForAssertion(() => Assert.Single(Letters(page)));
        await Button(page, $"Replay {bad}").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("1", Letters(page)[0].QuerySelector("td[data-label=Tries]")!.TextContent));

        await Button(page, $"Discard {bad}").ClickAsync();
        Assert.Single(Letters(page));
        await page.Find(".confirm .primary").ClickAsync();
        page.WaitForAssertion(() => Assert.Empty(Letters(page)));
        Assert.Equal(1, Desk.Look(context => context.Comments.Count()));
        Assert.Equal(2, Desk.Look(context => context.DeadLetters.Count(letter => letter.ClosedAt != null)));
    }

    [Fact]
    public async Task All_of_a_source_are_replayed_and_long_lists_are_paged()
    {
        for (var n = 0; n < 30; n++)
        {
            await AddLetterAsync($$"""{"id":"n{{n}}","body":"text"}""");
        }

        await AddLetterAsync("broken", "other");
        var page = OpenPipeline();
        page.WaitForAssertion(() => Assert.Equal(25, Letters(page).Count));
        Assert.Contains("31 wait", page.Markup, StringComparison.Ordinal);
        await Button(page, "Older").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal(6, Letters(page).Count));
        await Button(page, "Newest").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal(25, Letters(page).Count));

        await Button(page, "Replay all").ClickAsync();

        page.WaitForAssertion(() => Assert.Single(Letters(page)));
        Assert.Contains("1 failed again", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(30, Desk.Look(context => context.Comments.Count()));
    }

    [Fact]
    public async Task An_original_that_is_too_long_for_a_box_is_shown_in_part()
    {
        var id = await AddLetterAsync(new string('x', 7_000));
        var page = OpenPipeline();
        page.WaitForAssertion(() => Assert.Single(Letters(page)));

        await Button(page, $"Original of {id}").ClickAsync();

        Assert.Empty(page.FindAll("textarea"));
        Assert.EndsWith("… and 2,000 more characters", page.Find("pre.raw").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_original_is_never_cut_inside_a_character()
    {
        var id = await AddLetterAsync(new string('x', DeadLetterOriginal.MostMended - 1) + "\U0001F600" + "yy");
        var page = OpenPipeline();
        page.WaitForAssertion(() => Assert.Single(Letters(page)));

        await Button(page, $"Original of {id}").ClickAsync();

        Assert.EndsWith("xx… and 4 more characters", page.Find("pre.raw").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_somebody_else_discards_leaves_the_open_page()
    {
        var id = await AddLetterAsync("broken");
        var other = await AddLetterAsync("broken too");
        var page = OpenPipeline();
        page.WaitForAssertion(() => Assert.Equal(2, Letters(page).Count));

        await Desk.Get<IDeadLetterStore>().DiscardAsync([id], Stop);

        page.WaitForAssertion(() => Assert.Equal($"{other}", Assert.Single(Letters(page)).GetAttribute("data-letter")));
        page.WaitForAssertion(() => Assert.Contains("1 waits", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_letter_that_was_closed_while_another_was_read_says_so()
    {
        var id = await AddLetterAsync("broken");
        var other = await AddLetterAsync("broken too");
        var page = OpenPipeline();
        page.WaitForAssertion(() => Assert.Equal(2, Letters(page).Count));
        await Button(page, $"Original of {other}").ClickAsync();
        await Desk.Get<IDeadLetterStore>().DiscardAsync([id], Stop);

        await Button(page, $"Original of {id}").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(
            "The dead letter was closed meanwhile.", page.Find("[data-testid=letter-announcement]").TextContent));
        page.WaitForAssertion(() => Assert.Equal($"{other}", Assert.Single(Letters(page)).GetAttribute("data-letter")));
    }

    [Fact]
    public async Task What_was_typed_is_there_again_when_its_letter_is_opened_again()
    {
        var first = await AddLetterAsync("broken");
        var second = await AddLetterAsync("broken too");
        var page = OpenPipeline();
        page.WaitForAssertion(() => Assert.Equal(2, Letters(page).Count));
        await Button(page, $"Original of {first}").ClickAsync();
        await page.Find("textarea").ChangeAsync(new() { Value = "half mended" });

        await Button(page, $"Original of {second}").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("broken too", page.Find("textarea").GetAttribute("value")));
        await Button(page, "Replay all").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("2 failed again", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        await Button(page, $"Original of {first}").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("half mended", page.Find("textarea").GetAttribute("value")));
    }

    [Fact]
    public async Task While_the_database_is_away_the_letters_say_so_and_come_back_by_themselves()
    {
        var id = await AddLetterAsync("broken");
        var page = OpenPipeline();
        page.WaitForAssertion(() => Assert.Single(Letters(page)));
        await Button(page, $"Original of {id}").ClickAsync();
        await Button(page, $"Replay {id}").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("1", Letters(page)[0].QuerySelector("td[data-label=Tries]")!.TextContent));
        var path = Desk.Directory.DatabasePath;
        SqliteConnection.ClearAllPools();
        File.Move(path, path + ".away");

        await Button(page, $"Replay {id}").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains(
            page.FindAll("[role=alert]"), alert => alert.TextContent.StartsWith("The dead letter could not be read: ", StringComparison.Ordinal)));
        page.WaitForAssertion(() => Assert.Contains("The dead letters could not be read: ", page.Markup, StringComparison.Ordinal));
        File.Move(path + ".away", path);
        page.WaitForAssertion(() => Assert.Single(Letters(page)));
    }

    [Fact]
    public async Task A_comment_that_came_too_late_for_its_windows_is_listed()
    {
        var now = TimeProvider.System.GetUtcNow();
        var page = OpenPipeline();
        page.WaitForAssertion(() => Assert.Contains("None came too late for their windows.", page.Markup, StringComparison.Ordinal));

        await EnterAsync("new", now);
        await EnterAsync("old", now.AddHours(-3));

        page.WaitForAssertion(() => Assert.Equal(
            ["<b>forum</b>", "games", "3 h"],
            new[] { "Source", "Community", "Late by" }.Select(label => Assert.Single(page.FindAll("tr[data-late]")).QuerySelector($"td[data-label='{label}']")!.TextContent)));

        async Task EnterAsync(string id, DateTimeOffset at) => await await Desk.Get<ModerationFlow>().EnterAsync(
            new CommentBatch("<b>forum</b>", [new IncomingComment { ExternalId = id, Body = "a text", Community = "games", CreatedAt = at }]), Stop);
    }

    [Fact]
    public async Task Reading_goes_on_at_the_title_when_a_possible_raid_is_dismissed()
    {
        await AddAsync("a text");
        await Desk.RaiseAsync(1);
        var page = OpenPipeline();
        page.WaitForAssertion(() => Assert.Single(page.FindAll("section.raid")));

        await Button(page, "Dismiss").ClickAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("section.raid")));
        page.WaitForAssertion(() => Browser.JSInterop.VerifyFocusAsyncInvoke().Arguments[0].ShouldBeElementReferenceTo(page.Find("h1")));
    }

    private IRenderedComponent<PipelinePage> OpenPipeline()
    {
        Browser.Services.AddSingleton(_ => Desk.Get<PipelineStatistics>());
        Browser.Services.AddSingleton(_ => Desk.Get<SourceSupervisor>());
        Browser.Services.AddSingleton(_ => Desk.Get<DeadLetterReader>());
        Browser.Services.AddSingleton(_ => Desk.Get<IDeadLetterStore>());
        Browser.Services.AddSingleton(_ => Desk.Get<DeadLetterReplay>());
        Browser.Services.AddSingleton(_ => new StatsSource(
            Desk.Get<PipelineStatistics>(), Desk.Get<ModerationFlow>(), Desk.Get<LiveModel>(), Desk.Get<StorageReader>(),
            Desk.Get<SearchStatus>()));
        BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(20);
        return Open<PipelinePage>();
    }

    private async Task<long> AddLetterAsync(string original, string source = "forum")
    {
        var letter = new DeadLetter("line 1", "It was broken.", original) { Form = DeadLetterForm.Ndjson, Record = 1 };
        await Desk.StoreAsync(DeskExtensions.Batch([], source: source, deadLetters: [letter]));
        return Desk.Look(context => context.DeadLetters.Max(row => row.Id));
    }

    private Task Supervise(ICommentSource source) =>
        Desk.Get<SourceSupervisor>().RunAsync([source], Task.CompletedTask, _stopSources.Token);

    private async Task StopSourcesAsync(Task supervising)
    {
        await _stopSources.CancelAsync();
        await supervising.Guarded();
        _stopSources.Dispose();
    }

    private static IReadOnlyList<IElement> Letters(IRenderedComponent<PipelinePage> page) => page.FindAll("tr[data-letter]");

    private static IElement Row(IRenderedComponent<PipelinePage> page, string source = "forum") => page.Find($"tr[data-source={source}]");

    private static string Cell(IRenderedComponent<PipelinePage> page, string label) =>
        Row(page).QuerySelector($"td[data-label='{label}']")!.TextContent;

    private static IElement Button(IRenderedComponent<PipelinePage> page, string label) =>
        page.FindAll("button").First(button => (button.GetAttribute("aria-label") ?? button.TextContent.Trim()) == label);
}
