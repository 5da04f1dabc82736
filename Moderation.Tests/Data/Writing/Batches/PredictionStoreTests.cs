using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Writing.Batches;

public sealed class PredictionStoreTests
{
    [Fact]
    public async Task The_checkpoint_and_the_dead_letters_commit_with_the_rows()
    {
        await using var desk = await TestDesk.CreateAsync();
        var store = desk.Get<IPredictionStore>();
        Assert.Null(await store.FindCheckpointAsync(Forum, Stop));

        await desk.StoreAsync(Batch([Scored("a")], position: "7", deadLetters: [new DeadLetter("line 3", "It is broken.", "x\0y")]));
        await desk.StoreAsync(Batch([], position: "9"));

        Assert.Equal(new SourcePosition("9"), await store.FindCheckpointAsync(Forum, Stop));
        Assert.Null(await store.FindCheckpointAsync("elsewhere", Stop));
        var letter = desk.Look(context => context.DeadLetters.Single());
        Assert.Equal(("line 3", "It is broken.", "x\uFFFDy", Noon), (letter.Place, letter.Reason, letter.Original, letter.At));
    }

    [Fact]
    public async Task A_batch_without_a_position_leaves_the_checkpoint_where_it_was()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Batch([Scored("a")], position: "7"));

        await desk.StoreAsync(Batch([Scored("b")]));

        Assert.Equal(new SourcePosition("7"), await desk.Get<IPredictionStore>().FindCheckpointAsync(Forum, Stop));
    }

    [Fact]
    public async Task Each_source_has_a_checkpoint_of_its_own()
    {
        await using var desk = await TestDesk.CreateAsync();

        await desk.StoreAsync(Batch([Scored("a")], source: "first", position: "1"));
        await desk.StoreAsync(Batch([Scored("a")], source: "second", position: "2"));

        Assert.Equal(new SourcePosition("1"), await desk.Get<IPredictionStore>().FindCheckpointAsync("first", Stop));
        Assert.Equal(new SourcePosition("2"), await desk.Get<IPredictionStore>().FindCheckpointAsync("second", Stop));
    }

    [Fact]
    public async Task A_group_commits_at_once_whether_or_not_somebody_waits_for_some_of_it()
    {
        await using var desk = await TestDesk.CreateAsync();
        var store = desk.Get<IPredictionStore>();

        var first = await store.CommitAsync(
            [Batch([Scored("a")]), Batch([Scored("b")]), Batch([Scored("c")], acknowledged: true), Batch([Scored("d")])], Stop);

        Assert.Equal(["a", "b", "c", "d"], first.SelectMany(batch => batch.Comments).Select(comment => comment.Scored.Comment.ExternalId));
        Assert.Equal(4, desk.Look(context => context.Comments.Count()));
    }

    [Fact]
    public async Task A_batch_that_fails_in_the_middle_leaves_nothing_and_the_writer_goes_on()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Batch([Scored("old")], position: "1"));
        RefusePosition(desk, "2");
        var broken = Batch(
            [Scored("a", community: "new community", author: "new author"), Withdrawn("old"), Scored("b", author: null)],
            source: "new source", position: "2", deadLetters: [new DeadLetter("line 1", "No.", "")]);

        await Assert.ThrowsAnyAsync<Exception>(() => desk.StoreAsync(broken));

        Assert.Equal(["old"], desk.Look(context => context.Comments.Select(row => row.ExternalId).ToList()));
        Assert.Null(desk.Row("old").WithdrawnAt);
        Assert.Equal(0, desk.Look(context => context.DeadLetters.Count()));
        Assert.Equal(1, desk.Look(context => context.Sources.Count()));
        Assert.Equal(1, desk.Look(context => context.CommentTexts.Count()));

        // Keys that the caches learned in the transaction that was rolled back must not be believed.
        await desk.StoreAsync(Batch([Scored("a", community: "new community", author: "new author")], source: "new source", position: "3"));
        var row = desk.Row("a");
        Assert.Equal("new community", desk.Look(context => context.Communities.Single(community => community.Id == row.CommunityId).Name));
        Assert.Equal("new author", desk.Look(context => context.Authors.Single(author => author.Id == row.AuthorId).Name));
        Assert.Equal("new source", desk.Look(context => context.Sources.Single(source => source.Id == row.SourceId).Name));
        Assert.Equal(2, row.Id);
    }

    [Fact]
    public async Task When_a_later_batch_of_a_group_fails_the_first_is_committed_once_and_alone()
    {
        await using var desk = await TestDesk.CreateAsync();
        var store = desk.Get<IPredictionStore>();
        RefusePosition(desk, "2");
        IReadOnlyList<ScoredBatch> group = [Batch([Scored("a")], position: "1"), Batch([Scored("b")], position: "2")];

        // The group was rolled back, and its first batch committed alone; the second is refused alone, too.
        Assert.Single(await store.CommitAsync(group, Stop));
        await Assert.ThrowsAnyAsync<Exception>(() => store.CommitAsync([group[1]], Stop));

        Assert.Equal(["a"], desk.Look(context => context.Comments.Select(row => row.ExternalId).ToList()));
        Assert.Equal("1", (await store.FindCheckpointAsync(Forum, Stop))!.Value.Value);
    }

    [Fact]
    public async Task Readers_see_a_batch_whole_or_not_at_all_and_never_wait_for_the_writer()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("before"));
        var writer = desk.Get<Moderation.Data.Writing.DatabaseWriter>();

        var seen = await writer.WriteAsync(
            Moderation.Data.Writing.WritePriority.Bulk,
            Moderation.Data.Writing.Durability.Replayable,
            session =>
            {
                Moderation.Data.Writing.Batches.BatchWriter.Write(session, Batch([Scored("a"), Scored("b")], position: "1"));

                // The transaction is open, its rows are written: a reader answers at once, from before it.
                return desk.Look(context => context.Comments.Count());
            },
            Stop);

        Assert.Equal(1, seen);
        Assert.Equal(3, desk.Look(context => context.Comments.Count()));
    }

    [Fact]
    public async Task Readers_that_poll_while_batches_commit_always_count_whole_batches()
    {
        await using var desk = await TestDesk.CreateAsync();
        using var done = new CancellationTokenSource();
        var polling = Task.Factory.StartNew(
            () =>
            {
                var counts = new List<int>();
                while (!done.IsCancellationRequested)
                {
                    counts.Add(desk.Look(context => context.Comments.Count()));
                }

                return counts;
            },
            Stop,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        for (var batch = 0; batch < 30; batch++)
        {
            await desk.StoreAsync([.. Enumerable.Range(0, 10).Select(n => Scored($"{batch}-{n}"))]);
        }

        await done.CancelAsync();
        Assert.All(await polling, count => Assert.Equal(0, count % 10));
    }

    [Fact]
    public async Task A_readers_context_cannot_write()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"));
        var contexts = desk.Get<IDbContextFactory<ModerationDbContext>>();

        await using var context = await contexts.CreateDbContextAsync(Stop);
        context.Communities.Add(new Community { Name = "smuggled" });

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => context.SaveChangesAsync(Stop));
        Assert.ThrowsAny<Microsoft.Data.Sqlite.SqliteException>(() => context.Comments.ExecuteDelete());
        Assert.Equal(1, desk.Look(other => other.Comments.Count()));
    }

    /// <summary>Something that no batch with this position can come past.</summary>
    private static void RefusePosition(TestDesk desk, string position)
    {
        using var connection = new SqliteConnection($"Data Source={desk.Directory.DatabasePath};Pooling=False");
        connection.Open();
        foreach (var change in new[] { "INSERT", "UPDATE" })
        {
            connection.Execute(
                $"CREATE TRIGGER Refuse{change} BEFORE {change} ON Checkpoints WHEN NEW.Position = '{position}' BEGIN SELECT RAISE(ABORT, 'refused'); END");
        }
    }
}
