using Microsoft.EntityFrameworkCore;

using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Flow.Replay;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Flow;

public sealed class DeadLetterReplayTests
{
    private const string Readable = """{"id":"m1","body":"mended"}""";
    private const string Broken = """{"id":"m1","body":""";

    [Fact]
    public async Task A_letter_that_can_be_read_becomes_one_comment_and_is_closed_with_it()
    {
        await using var desk = await TestDesk.CreateAsync();
        desk.UseAnyModel();
        var id = await AddAsync(desk, Readable);

        var (first, again) = await ReplayAsync(desk, async replay => (
            await replay.RunAsync([id, id, 99], null, Stop),
            await replay.RunAsync([id], null, Stop)));

        Assert.Equal((1, 0, 1), (first.Replayed, first.Failed, first.Gone));
        Assert.Equal((0, 0, 1), (again.Replayed, again.Failed, again.Gone));
        var row = desk.Row("m1");
        var letter = Letter(desk, id);
        Assert.Equal(row.Id, letter.CommentId);
        Assert.NotNull(letter.ClosedAt);
        Assert.Equal(0, letter.Attempts);
        Assert.Equal(["mended"], desk.Texts("m1"));
        Assert.Equal("3", desk.Look(context => context.Checkpoints.Single().Position));
    }

    [Fact]
    public async Task One_that_fails_again_counts_the_try_keeps_the_new_reason_and_nothing_else()
    {
        await using var desk = await TestDesk.CreateAsync();
        desk.UseAnyModel();
        var id = await AddAsync(desk, Broken);
        var before = Letter(desk, id);

        var run = await ReplayAsync(desk, replay => replay.RunAsync([id], null, Stop));

        var letter = Letter(desk, id);
        Assert.Equal((0, 1), (run.Replayed, run.Failed));
        Assert.Equal(new FailedReplay(id, letter.Reason), Assert.Single(run.Failures));
        Assert.NotEqual(before.Reason, letter.Reason);
        Assert.Equal((1, null, null), (letter.Attempts, letter.ClosedAt, letter.CommentId));
        Assert.Equal((before.Original, before.Place, before.At), (letter.Original, letter.Place, letter.At));
        Assert.Equal(1, desk.Look(context => context.DeadLetters.Count()));
        Assert.Equal(0, desk.Look(context => context.Comments.Count()));
    }

    [Fact]
    public async Task One_that_cannot_be_scored_again_stays_the_same_letter()
    {
        await using var desk = await TestDesk.CreateAsync();
        desk.UseAnyModel();
        var id = await AddAsync(desk, Readable);
        var read = (await desk.Get<IDeadLetterStore>().FindAsync(id, Stop))!;
        var batch = new CommentBatch(read.Source, [new IncomingComment { ExternalId = "m1", Body = "mended" }]) { ReplayedLetter = id };
        var letters = new[] { new DeadLetter("id m1", "It could not be scored: the model fell over.", "x") };

        var committed = await desk.StoreAsync(new ScoredBatch(batch, [], letters, 1, Noon, Noon));

        Assert.Empty(committed.Comments);
        var letter = Letter(desk, id);
        Assert.Equal((1, "It could not be scored: the model fell over."), (letter.Attempts, letter.Reason));
        Assert.Equal(1, desk.Look(context => context.DeadLetters.Count()));
    }

    [Fact]
    public async Task A_mended_letter_becomes_the_comment_that_a_person_wrote_and_keeps_its_original()
    {
        await using var desk = await TestDesk.CreateAsync();
        desk.UseAnyModel();
        var id = await AddAsync(desk, Broken);

        var (still, mended) = await ReplayAsync(desk, async replay => (
            await replay.RunMendedAsync(id, "still broken", Stop),
            await replay.RunMendedAsync(id, Readable, Stop)));

        Assert.Equal((1, 1), (still.Failed, mended.Replayed));
        var letter = Letter(desk, id);
        Assert.Equal((Broken, desk.Row("m1").Id, 1), (letter.Original, letter.CommentId, letter.Attempts));
    }

    [Fact]
    public async Task A_letter_that_was_closed_while_its_replay_was_under_way_leaves_no_comment()
    {
        await using var desk = await TestDesk.CreateAsync();
        desk.UseAnyModel();
        var id = await AddAsync(desk, Readable);
        var store = desk.Get<IDeadLetterStore>();
        var underWay = await desk.Get<ModerationFlow>().EnterAsync(
            new CommentBatch(Forum, [new IncomingComment { ExternalId = "m1", Body = "mended" }]) { ReplayedLetter = id, Acknowledged = true }, Stop);

        Assert.Equal(1, await store.DiscardAsync([id, 99], Stop));
        await desk.RunFlowAsync(_ => underWay);

        Assert.Empty((await underWay).Comments);
        Assert.Equal(0, desk.Look(context => context.Comments.Count()));
        Assert.Null(Letter(desk, id).CommentId);
        Assert.Equal(0, await store.DiscardAsync([id], Stop));
        Assert.Null(await store.FindAsync(id, Stop));
    }

    [Fact]
    public async Task All_are_tried_in_slices_those_of_one_source_alone_if_asked()
    {
        await using var desk = await TestDesk.CreateAsync();
        desk.UseAnyModel();
        var letters = Enumerable.Range(0, 70).Select(n => Line(n % 7 == 0 ? "broken" : $$"""{"id":"r{{n}}","body":"text"}""")).ToList();
        await desk.StoreAsync(Batch([], deadLetters: letters));
        await desk.StoreAsync(Batch([], source: "other", deadLetters: [Line("""{"id":"o","body":"text"}""")]));
        var slices = new List<long>();

        var (forum, rest) = await ReplayAsync(desk, async replay => (
            await replay.RunAllAsync(Forum, sums => slices.Add(sums.Replayed + sums.Failed), Stop),
            await replay.RunAllAsync(null, null, Stop)));

        Assert.Equal((60, 10, 0), (forum.Replayed, forum.Failed, forum.Gone));
        Assert.Equal([32, 64, 70], slices);
        Assert.Equal((1, 10), (rest.Replayed, rest.Failed));
        Assert.Equal(61, desk.Look(context => context.Comments.Count()));
        var reader = desk.Get<DeadLetterReader>();
        Assert.Equal("10", (await reader.CountAsync(null, Stop)).ToString());
        Assert.Equal([Forum], await reader.SourcesAsync(Stop));
        Assert.All((await reader.ListAsync(null, null, 50, Stop)).Items, item => Assert.Equal(2, item.Attempts));
    }

    [Fact]
    public async Task Given_up_at_any_moment_and_tried_again_each_letter_becomes_one_comment()
    {
        using var folder = new TemporaryFolder();
        const int Letters = 40;
        await using (var desk = await TestDesk.CreateAsync(folder.Path))
        {
            await desk.StoreAsync(Batch([], deadLetters: [.. Enumerable.Range(0, Letters).Select(n => Line($$"""{"id":"r{{n}}","body":"text"}"""))]));
        }

        for (var run = 0; run < 4; run++)
        {
            await using var desk = await TestDesk.CreateAsync(folder.Path, settings: ("Moderation:Pipeline:CommitSize", "3"));
            desk.UseAnyModel();
            using var abort = new CancellationTokenSource();
            var flow = desk.Get<ModerationFlow>().RunAsync(abort.Token);
            var replaying = desk.Get<DeadLetterReplay>().RunAllAsync(null, null, CancellationToken.None);
            var wanted = run * 12;
            await Waiting.UntilAsync(() => desk.Look(context => context.Comments.Count()) >= wanted);
            await abort.CancelAsync();
            await flow.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await ((Task)replaying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Assert.Equal(
                desk.Look(context => context.Comments.Count()), desk.Look(context => context.DeadLetters.Count(letter => letter.CommentId != null)));
        }

        await using var last = await TestDesk.CreateAsync(folder.Path);
        last.UseAnyModel();
        await ReplayAsync(last, replay => replay.RunAllAsync(null, null, Stop));
        Assert.Equal(Letters, last.Look(context => context.Comments.Count()));
        Assert.Equal(Letters, last.Look(context => context.CommentTexts.Count()));
        Assert.Equal(
            last.Look(context => context.Comments.Select(row => (long?)row.Id).ToList()).Order(),
            last.Look(context => context.DeadLetters.Select(row => row.CommentId).ToList()).Order());
    }

    [Fact]
    public async Task All_that_is_needed_to_read_a_letter_again_is_kept()
    {
        await using var desk = await TestDesk.CreateAsync();
        var letter = new DeadLetter("line 3", "A quote is never closed.", "1;\"x\0")
        {
            Form = DeadLetterForm.Csv, Header = "id;what", Record = 2, TextColumn = "what", Cut = true,
        };

        await desk.StoreAsync(Batch([], deadLetters: [letter]));

        var stored = Assert.Single(await desk.Get<IDeadLetterStore>().NextAsync(null, 0, long.MaxValue, 10, Stop));
        Assert.Equal((Forum, letter with { Original = "1;\"x\uFFFD" }), (stored.Source, stored.Letter));
    }

    [Fact]
    public async Task They_are_listed_newest_first_in_pages_with_the_original_apart()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Batch([], deadLetters: [.. Enumerable.Range(0, 5).Select(n => Line($"original {n}"))]));
        await desk.StoreAsync(Batch([], source: "other", deadLetters: [Line("elsewhere")]));
        var reader = desk.Get<DeadLetterReader>();

        var first = await reader.ListAsync(Forum, null, 3, Stop);
        var second = await reader.ListAsync(Forum, first.Next, 3, Stop);

        Assert.Equal([5L, 4, 3], first.Items.Select(item => item.Id));
        Assert.Equal([2L, 1], second.Items.Select(item => item.Id));
        Assert.Null(second.Next);
        Assert.Equal("other", Assert.Single((await reader.ListAsync("other", null, 3, Stop)).Items).Source);
        Assert.Equal([Forum, "other"], await reader.SourcesAsync(Stop));
        Assert.Equal("original 4", (await reader.FindAsync(5, Stop))!.Original);
        Assert.Null(await reader.FindAsync(99, Stop));
    }

    private static DeadLetter Line(string original) => new("line 1", "It was broken.", original) { Form = DeadLetterForm.Ndjson, Record = 1 };

    private static async Task<long> AddAsync(TestDesk desk, string original)
    {
        await desk.StoreAsync(Batch([], position: "3", deadLetters: [Line(original)]));
        return desk.Look(context => context.DeadLetters.Max(letter => letter.Id));
    }

    private static DeadLetterRow Letter(TestDesk desk, long id) => desk.Look(context => context.DeadLetters.AsNoTracking().Single(letter => letter.Id == id));

    private static Task<T> ReplayAsync<T>(TestDesk desk, Func<DeadLetterReplay, Task<T>> replay) =>
        desk.RunFlowAsync(_ => replay(desk.Get<DeadLetterReplay>()));
}
