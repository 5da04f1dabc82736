using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Reading;

public sealed class HistoryReaderTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(CommentStatus.Unflagged)]
    [InlineData(CommentStatus.Pending)]
    [InlineData(CommentStatus.Escalated)]
    [InlineData(CommentStatus.Approved)]
    [InlineData(CommentStatus.Removed)]
    public async Task Pages_and_exports_of_a_status_give_each_of_its_comments_exactly_once(CommentStatus? status)
    {
        await using var desk = await FillAsync(40);
        var history = desk.Get<HistoryReader>();
        var expected = desk.Look(context => context.Comments.AsEnumerable()
            .Where(row => status is null || row.Status == status).OrderBy(row => row.Id).Select(row => row.Id).ToList());
        Assert.NotEmpty(expected);

        var paged = new List<long>();
        PageCursor? after = null;
        do
        {
            var page = await history.ReadAsync(status, after, 3, Stop);
            paged.AddRange(page.Items.Select(item => item.Id));
            after = page.Next;
            await desk.StoreAsync(Scored($"new {paged.Count}"));
        }
        while (after is not null);

        var exported = new List<long>();
        await foreach (var page in history.ExportAsync(status, 4, Stop))
        {
            exported.AddRange(page.Select(item => item.Id));
        }

        Assert.Equal(Enumerable.Reverse(expected), paged);
        Assert.Equal(expected, exported.Where(id => id <= 40));
    }

    [Fact]
    public async Task A_comment_is_found_by_its_id_and_by_its_sources_id()
    {
        await using var desk = await TestDesk.CreateAsync();
        var id = (await desk.StoreAsync(Batch([Scored("a", "one")], source: "first"))).Comments[0].Id;
        await desk.StoreAsync(Batch([Scored("a", "two")], source: "second"));
        var history = desk.Get<HistoryReader>();

        Assert.Equal("one", (await desk.Get<QueueReader>().FindAsync(id, Stop))!.Body);
        Assert.Equal("two", (await history.FindAsync("second", "a", Stop))!.Body);
        Assert.Null(await desk.Get<QueueReader>().FindAsync(99, Stop));
        Assert.Null(await history.FindAsync("third", "a", Stop));
        Assert.Null(await history.FindAsync("first", "A", Stop));
    }

    [Fact]
    public async Task Training_rows_carry_the_text_that_was_decided_on_and_leave_out_what_was_undone()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a", "one"), Scored("b", "kind"), Scored("c"), Scored("d"));
        await desk.DecideAsync("a", DecisionAction.Remove);
        await desk.StoreAsync(Scored("a", "two"));
        await desk.DecideAsync("b", DecisionAction.Approve);
        await desk.DecideAsync("c", DecisionAction.Remove);
        await desk.DecideAsync("c", DecisionAction.Undo);
        await desk.DecideAsync("d", DecisionAction.Escalate);

        var rows = new List<TrainingItem>();
        await foreach (var page in desk.Get<DecisionReader>().ExportTrainingAsync(1, Stop))
        {
            rows.AddRange(page);
        }

        Assert.Equal([new(Forum, "b", "games", "kind", false), new(Forum, "a", "games", "one", true)], rows);
    }

    [Fact]
    public async Task Decisions_are_exported_once_each_oldest_first_undos_included()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"), Scored("b"));
        await desk.DecideAsync("b", DecisionAction.Approve);
        await desk.DecideAsync("a", DecisionAction.Remove);
        await desk.DecideAsync("b", DecisionAction.Undo);

        var rows = new List<DecisionItem>();
        await foreach (var page in desk.Get<DecisionReader>().ExportAsync(2, Stop))
        {
            rows.AddRange(page);
        }

        Assert.Equal([("b", DecisionAction.Approve, null), ("a", DecisionAction.Remove, null), ("b", DecisionAction.Undo, rows[0].Id)],
            rows.Select(row => (row.ExternalId, row.Action, row.UndoesId)));
    }

    private static async Task<TestDesk> FillAsync(int count)
    {
        var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync([.. Enumerable.Range(0, count).Select(n => Scored($"id{n}", probability: n % 5 == 0 ? Under : Over))]);
        for (var n = 0; n < count; n++)
        {
            if (n % 5 > 1)
            {
                await desk.DecideAsync($"id{n}", (n % 5) switch { 2 => DecisionAction.Approve, 3 => DecisionAction.Remove, _ => DecisionAction.Escalate });
            }
        }

        return desk;
    }
}
