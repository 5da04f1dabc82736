using Moderation.Pipeline.Flow.Supervision;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Writing.Batches;

public sealed class RereadingTests
{
    [Fact]
    public async Task A_rewound_source_that_tells_old_wordings_again_changes_nothing_until_it_has_come_back()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Batch([Scored("a", "first"), Scored("b", "one")], position: "2 x"));
        await desk.StoreAsync(Batch([Scored("a", "second")], position: "3 x"));
        await desk.Get<ISourceStore>().RewindAsync(Forum, Stop);
        var before = Describe(desk);

        await desk.StoreAsync(Batch([Scored("a", "first")], position: "1 x"));
        await desk.StoreAsync(Batch([Scored("b", "one"), Scored("a", "second")], position: "3 x"));
        Assert.Equal(before, Describe(desk));

        // From here on an author who goes back to an old wording has edited.
        await desk.StoreAsync(Batch([Scored("a", "first")], position: "4 x"));
        Assert.Equal(3, desk.Row("a").TextVersion);
    }

    [Fact]
    public async Task What_was_changed_since_is_an_edit_while_it_is_read_again_and_over_a_restart()
    {
        using var folder = new TemporaryFolder();
        await using (var desk = await TestDesk.CreateAsync(folder.Path))
        {
            await desk.StoreAsync(Batch([Scored("a", "first")], position: "1"));
            await desk.StoreAsync(Batch([Scored("a", "second")], position: "2"));
            await desk.Get<ISourceStore>().RewindAsync(Forum, Stop);
        }

        await using (var desk = await TestDesk.CreateAsync(folder.Path))
        {
            await desk.StoreAsync(Batch([Scored("a", "first")], position: "1"));
            Assert.Equal(2, desk.Row("a").TextVersion);
            await desk.StoreAsync(Batch([Scored("a", "mended")], position: "2"));
            Assert.Equal(3, desk.Row("a").TextVersion);
            Assert.Null(desk.Look(context => context.Sources.Single().ReadBefore));
        }
    }

    private static string Describe(TestDesk desk) => string.Join('\n', desk.Look(context => context.Comments.OrderBy(row => row.Id)
        .Select(row => $"{row.ExternalId} {row.Version} {row.TextVersion} {row.Status} {row.QueueNumber}").ToList()));
}
