using Microsoft.Data.Sqlite;

using Moderation.Data.DataDirectories;
using Moderation.Data.Reading;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.History;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Reading;

public sealed class CommentLogTests
{
    [Fact]
    public async Task It_gives_the_newest_text_of_each_comment_in_the_order_of_the_commits_without_the_withdrawn()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a", "one"), Scored("b", "two", community: "cats"), Scored("c", ""), Scored("d", "gone"));
        await desk.StoreAsync(Scored("a", "one again"));
        await desk.StoreAsync(Withdrawn("d"));

        var comments = (await ReadAsync(desk)).SelectMany(slice => slice.Comments);

        Assert.Equal(
            [
                new StoredComment(new TextKey(2, 1), "b", "cats", Noon, "two"),
                new StoredComment(new TextKey(3, 1), "c", "games", Noon, ""),
                new StoredComment(new TextKey(1, 2), "a", "games", Noon, "one again"),
            ],
            comments);
    }

    [Fact]
    public async Task It_goes_on_right_behind_every_position_that_it_gave()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync([.. Enumerable.Range(0, 10).Select(n => Scored($"id{n}"))]);
        await desk.StoreAsync(Scored("id0", "edited"), Scored("id4", "edited"), Scored("id9", "edited"));
        await desk.StoreAsync(Withdrawn("id3"), Withdrawn("id4"), Withdrawn("id5"));

        for (var most = 1; most <= 14; most++)
        {
            var slices = await ReadAsync(desk, most: most);
            Assert.All(slices, slice => Assert.InRange(slice.Comments.Count, 0, most));
            Assert.Equal(
                ["id1", "id2", "id6", "id7", "id8", "id0", "id9"], slices.SelectMany(slice => slice.Comments).Select(comment => comment.ExternalId));
            for (var cut = 0; cut < slices.Count; cut++)
            {
                Assert.Equal(
                    slices.Skip(cut + 1).SelectMany(slice => slice.Comments),
                    (await ReadAsync(desk, slices[cut].Position, most)).SelectMany(slice => slice.Comments));
            }
        }
    }

    [Theory]
    [InlineData("line 7")]
    [InlineData("")]
    [InlineData("2 2 1 0")]
    [InlineData("900 900 1 1772366400000")]
    [InlineData("-1 2 1 0")]
    public async Task A_position_that_is_none_of_this_log_begins_it_anew(string position)
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"), Scored("b"), Scored("c"));

        Assert.Equal(3, (await ReadAsync(desk, new SourcePosition(position))).Sum(slice => slice.Comments.Count));
    }

    [Fact]
    public async Task An_empty_log_ends_at_once()
    {
        await using var desk = await TestDesk.CreateAsync();

        Assert.Empty(await ReadAsync(desk));
        Assert.Empty(await ReadAsync(desk, new SourcePosition("1 1 1 1")));
    }

    [Fact]
    public async Task Long_texts_make_short_slices()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync([.. Enumerable.Range(0, 6).Select(n => Scored($"id{n}", new string('x', 600_000)))]);

        Assert.Equal([2, 2, 2], (await ReadAsync(desk)).Select(slice => slice.Comments.Count));
    }

    [Fact]
    public async Task No_transaction_is_open_while_the_consumer_works()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync([.. Enumerable.Range(0, 10).Select(n => Scored($"id{n}"))]);
        await using var connection = new SqliteConnection($"Data Source={desk.Directory.DatabasePath};Pooling=False");
        await connection.OpenAsync(Stop);
        await using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        var read = 0;

        await foreach (var slice in desk.Get<ICommentLog>().ReadAsync(null, 2, Stop))
        {
            await desk.StoreAsync(Scored($"between{read}", probability: Under));
            Assert.Equal(0L, await checkpoint.ExecuteScalarAsync(Stop));

            // Comments that come in meanwhile are reached too; at some time they have an end here.
            read += slice.Comments.Count;
            if (read > 14)
            {
                break;
            }
        }

        Assert.InRange(read, 15, 16);
    }

    [Fact]
    public async Task A_database_that_cannot_be_read_is_a_sentence()
    {
        using var folder = new TemporaryFolder();
        var log = new CommentLog(new DataDirectory(folder.Path));

        var e = await Assert.ThrowsAsync<SourceException>(() => log.ReadAsync(null, 10, Stop).ToListAsync(Stop).AsTask());

        Assert.Contains(folder.Path, e.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    private static async Task<List<CommentLogSlice>> ReadAsync(TestDesk desk, SourcePosition? after = null, int most = 100) =>
        await desk.Get<ICommentLog>().ReadAsync(after, most, Stop).ToListAsync(Stop);
}
