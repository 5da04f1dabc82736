using CsCheck;

using Microsoft.Data.Sqlite;

using Moderation.Data.Schema;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Writing.Batches;

public sealed class WindowWriterTests
{
    private static readonly (string Key, string Value)[] _short =
    [
        ("Moderation:Pipeline:OutOfOrdernessMilliseconds", "60000"), ("Moderation:Pipeline:LatenessMilliseconds", "120000"),
    ];

    [Fact]
    public async Task Each_new_comment_is_counted_in_its_minute_its_hour_and_its_day()
    {
        await using var desk = await TestDesk.CreateAsync();

        await desk.StoreAsync(
            Written("a", 0, probability: 0.9), Written("b", 59, probability: 0.04), Written("c", 60, probability: 1), Written("d", 61, community: "books"));

        Assert.Equal(
            [("games", 1, 0L, 2L, 1L), ("games", 1, 60, 1, 1), ("games", 60, 0, 3, 2), ("games", 1440, -43200, 3, 2), ("books", 1, 60, 1, 1), ("books", 60, 0, 1, 1), ("books", 1440, -43200, 1, 1)],
            Rows(desk).Select(row => (Community(desk, row), row.Minutes, (long)(row.Start - Noon).TotalSeconds, row.Count, row.Flagged)));
        var hour = Rows(desk).First(row => row.Minutes == 60);
        Assert.Equal(1.94, hour.ScoreSum, 1e-6);
        Assert.Equal((1, 0, 2), (hour.Bin0, hour.Bin5, hour.Bin9));
        Assert.Equal((Noon.AddSeconds(61), 0L, 0L), Clock(desk));
    }

    [Fact]
    public async Task Repeats_edits_and_withdrawals_are_counted_in_no_window_and_move_no_clock()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Written("a", 0));

        await desk.StoreAsync(Written("a", 0), Written("a", 600, body: "another text"), Withdrawn("a"));

        Assert.Equal(1, Rows(desk).Where(row => row.Minutes == 1440).Sum(row => row.Count));
        Assert.Equal(Noon, Clock(desk).Greatest);
    }

    [Fact]
    public async Task A_late_comment_corrects_its_window_and_one_that_is_too_late_is_stored_queued_and_told_apart()
    {
        await using var desk = await TestDesk.CreateAsync(settings: _short);

        // The window that a minute is last in closes three minutes behind its own end.
        var committed = await desk.StoreAsync(Written("new", 3600), Written("corrects", 3600 - (7 * 60)), Written("too late", 3600 - (9 * 60)));

        Assert.Equal([false, false, true], committed.Select(comment => comment.Late));
        Assert.Equal([null, null, 9 * 60_000L], desk.Look(context => context.Comments.OrderBy(row => row.Id).Select(row => row.LateBy).ToList()));
        Assert.Equal(2, Rows(desk).Where(row => row.Minutes == 60).Sum(row => row.Count));
        Assert.Equal(3, desk.Look(context => context.Comments.Count(row => row.Status == CommentStatus.Pending)));
        Assert.Equal((Noon.AddHours(1), 1L, 0L), Clock(desk));
    }

    [Fact]
    public async Task A_clamped_comment_is_counted_and_moves_no_watermark()
    {
        await using var desk = await TestDesk.CreateAsync(settings: _short);
        await desk.StoreAsync(Written("a", 0));

        var batch = await desk.StoreAsync(Batch([Written("far future", 7200) with { Clamped = true }, Written("b", 1)]));

        Assert.All(batch.Comments, comment => Assert.False(comment.Late));
        Assert.Equal((Noon.AddSeconds(1), 0L, 1L), Clock(desk));
        Assert.Equal(Noon.AddSeconds(1), batch.Greatest);
    }

    [Fact]
    public async Task An_import_of_an_archive_closes_no_window_of_a_live_source_and_the_community_adds_them_up()
    {
        await using var desk = await TestDesk.CreateAsync(settings: _short);
        await desk.StoreAsync(Batch([Written("old", -3600)], source: "live"));
        await desk.StoreAsync(Batch([Written("new", 3600)], source: "archive"));

        var late = await desk.StoreAsync(Batch([Written("next", -3600 + 60)], source: "live"));

        Assert.False(late.Comments.Single().Late);
        Assert.Equal(3, Rows(desk).Where(row => row.Minutes == 1440).Sum(row => row.Count));
        Assert.Equal(2, Rows(desk).Count(row => row.Minutes == 1440));
    }

    /// <summary>Whatever is stored in whichever groups, with the writer restarted or rolled back in between: the same rows.</summary>
    [Fact]
    public Task Windows_are_the_same_wherever_the_stream_is_cut_and_whatever_is_rolled_back() =>
        Gen.Select(Gen.Int[-1200, 1200], Gen.Int[0, 2], Gen.Int[0, 100]).Array[1, 40].Select(Gen.Int[0, 3].Array[40]).SampleAsync(
            async (events, cuts) =>
            {
                var comments = events.Select((row, i) => Written($"c{i}", row.Item1, $"community {row.Item2}", row.Item3 / 100.0)).ToList();
                await using var whole = await TestDesk.CreateAsync(settings: _short);
                await whole.StoreAsync(Batch(comments));
                using var folder = new TemporaryFolder();
                var desk = await TestDesk.CreateAsync(folder.Path, settings: _short);
                for (var i = 0; i < comments.Count; i++)
                {
                    if (cuts[i] == 0)
                    {
                        await desk.DisposeAsync();
                        desk = await TestDesk.CreateAsync(folder.Path, settings: _short);
                    }
                    else if (cuts[i] == 1)
                    {
                        await RollBackAsync(desk, comments[i]);
                    }

                    await desk.StoreAsync(comments[i]);
                }

                Assert.Equal(Describe(whole), Describe(desk));
                await desk.DisposeAsync();
            },
            iter: 12,
            threads: 1);

    private static async Task RollBackAsync(TestDesk desk, ScoredComment comment)
    {
        const string Name = "Refuse";
        Execute(desk, $"CREATE TRIGGER {Name} BEFORE INSERT ON Checkpoints BEGIN SELECT RAISE(ABORT, 'refused'); END");
        await Assert.ThrowsAsync<SqliteException>(() => desk.StoreAsync(Batch([comment], position: "1")));
        Execute(desk, $"DROP TRIGGER {Name}");
    }

    private static void Execute(TestDesk desk, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={desk.Directory.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Describe(TestDesk desk) => string.Join(
        '\n',
        Rows(desk).OrderBy(row => Community(desk, row), StringComparer.Ordinal).ThenBy(row => row.Minutes).ThenBy(row => row.Start)
            .Select(row => $"{Community(desk, row)} {row.Minutes} {row.Start:O} {row.Count} {row.Flagged} {row.ScoreSum:R} {row.Bin0} {row.Bin4} {row.Bin9}")
            .Append($"{Clock(desk)}")
            .Concat(desk.Look(context => context.Comments.OrderBy(row => row.Id).Select(row => $"{row.ExternalId} {row.LateBy}").ToList())));

    private static ScoredComment Written(string id, int second, string community = "games", double probability = Over, string body = "a text") =>
        Scored(new IncomingComment { ExternalId = id, Body = body, Community = community, CreatedAt = Noon.AddSeconds(second) }, probability);

    private static List<WindowTotal> Rows(TestDesk desk) => desk.Look(context => context.Windows.AsEnumerable().ToList());

    private static string Community(TestDesk desk, WindowTotal row) => desk.Look(context => context.Communities.Single(name => name.Id == row.CommunityId).Name);

    private static (DateTimeOffset? Greatest, long Late, long Clamped) Clock(TestDesk desk) =>
        desk.Look(context => context.SourceClocks.AsEnumerable().Select(clock => (clock.Greatest, clock.Late, clock.Clamped)).Single());
}
