using CsCheck;

using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Reading;

public sealed class QueueReaderTests
{
    [Theory]
    [InlineData(QueueSort.Newest)]
    [InlineData(QueueSort.Oldest)]
    [InlineData(QueueSort.Score)]
    public async Task Pages_give_each_waiting_comment_exactly_once_in_order_while_new_ones_arrive(QueueSort sort)
    {
        await using var desk = await TestDesk.CreateAsync();
        var queue = desk.Get<QueueReader>();
        var number = 0;
        var probability = Gen.Int[0, 5].Select(n => 0.4 + (n / 10d));
        await Gen.Select(probability.Array[0, 15], probability.Array[0, 3], Gen.Int[2, 7]).SampleAsync(
            async (first, arrivals, limit) =>
            {
                await desk.StoreAsync([.. first.Select(p => Scored($"id{number++}", probability: p))]);
                foreach (var returning in first.Select((_, n) => $"id{number - first.Length + n}").Where((_, n) => n % 3 == 0))
                {
                    await desk.DecideAsync(returning, DecisionAction.Approve);
                    await desk.DecideAsync(returning, DecisionAction.Undo);
                }

                var rows = desk.Look(context => context.Comments.Where(row => row.Status == CommentStatus.Pending).ToList());
                var newest = desk.Look(context => context.Comments.Max(row => (long?)row.QueueNumber)) ?? 0;
                var seen = new List<CommentItem>();
                PageCursor? after = null;
                do
                {
                    var page = await queue.ReadAsync(sort, after, newest, limit, Stop);
                    Assert.InRange(page.Items.Count, 0, limit);
                    seen.AddRange(page.Items);
                    after = page.Next;
                    await desk.StoreAsync([.. arrivals.Select(p => Scored($"id{number++}", probability: p))]);
                }
                while (after is not null);

                var expected = sort switch
                {
                    QueueSort.Newest => rows.OrderByDescending(row => row.QueueNumber),
                    QueueSort.Oldest => rows.OrderBy(row => row.QueueNumber),
                    _ => rows.OrderByDescending(row => row.Probability).ThenByDescending(row => row.Id),
                };
                Assert.Equal(expected.Select(row => row.Id), seen.Select(item => item.Id));
            },
            iter: 6,
            threads: 1);
    }

    [Fact]
    public async Task Only_what_waits_for_a_moderator_is_in_the_queue()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(
            Scored("waits"), Scored("under", probability: Under), Scored("approved"), Scored("removed"), Scored("escalated"), Scored("gone"));
        await desk.DecideAsync("approved", DecisionAction.Approve);
        await desk.DecideAsync("removed", DecisionAction.Remove);
        await desk.DecideAsync("escalated", DecisionAction.Escalate);
        await desk.StoreAsync(Withdrawn("gone"));
        var queue = desk.Get<QueueReader>();

        foreach (var sort in Enum.GetValues<QueueSort>())
        {
            var page = await queue.ReadAsync(sort, null, null, 50, Stop);
            Assert.Equal("waits", Assert.Single(page.Items).ExternalId);
            Assert.Null(page.Next);
        }

        Assert.Equal(1, (await queue.CountAsync(Stop)).Value);
    }

    [Fact]
    public async Task An_empty_queue_is_an_empty_page()
    {
        await using var desk = await TestDesk.CreateAsync();

        var page = await desk.Get<QueueReader>().ReadAsync(QueueSort.Score, null, null, 50, Stop);

        Assert.Empty(page.Items);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task An_item_carries_everything_that_a_card_shows()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.UseConstantModelAsync(0.5);
        await desk.StoreAsync(Scored("a", "one", community: "games", author: "anna"));
        await desk.DecideAsync("a", DecisionAction.Remove, "spam", actor: "mira", note: "seen before");
        await desk.StoreAsync(Scored("a", "two", 0.8));

        var item = (await desk.Get<HistoryReader>().FindAsync(Forum, "a", Stop))!;

        Assert.Equal((Forum, "a", "games", "anna", "two"), (item.Source, item.ExternalId, item.Community, item.Author, item.Body));
        Assert.Equal((3, 2, CommentStatus.Removed, 0.8, Limit, "v1"), (item.Version, item.TextVersion, item.Status, item.Probability, item.Threshold, item.ModelVersion));
        Assert.Equal((true, false, true), (item.EditedAfterDecision, item.Withdrawn, item.Flagged));
        Assert.Equal(("spam", "seen before", "mira", DecisionAction.Remove), (item.Decision!.Reason, item.Decision.Note, item.Decision.Actor, item.Decision.Action));
    }

    [Fact]
    public async Task New_arrivals_are_counted_from_the_newest_one_seen()
    {
        await using var desk = await TestDesk.CreateAsync();
        var queue = desk.Get<QueueReader>();
        await desk.StoreAsync(Scored("a"));
        var seen = await queue.NewestNumberAsync(Stop);

        Assert.Equal(0, (await queue.CountNewerAsync(seen, Stop)).Value);
        await desk.StoreAsync(Scored("b"), Scored("c", probability: Under), Scored("d"));

        Assert.Equal(2, (await queue.CountNewerAsync(seen, Stop)).Value);
        Assert.Equal(3, (await queue.CountNewerAsync(0, Stop)).Value);
    }

    [Theory]
    [InlineData("edit")]
    [InlineData("undo")]
    public async Task A_comment_that_comes_back_is_as_new_as_an_arrival(string way)
    {
        await using var desk = await TestDesk.CreateAsync();
        var queue = desk.Get<QueueReader>();
        await desk.StoreAsync(Scored("returns"), Scored("b"), Scored("c"));
        await desk.DecideAsync("returns", DecisionAction.Approve);
        var seen = await queue.NewestNumberAsync(Stop);

        await (way == "edit" ? desk.StoreAsync(Scored("returns", "another text")) : (Task)desk.DecideAsync("returns", DecisionAction.Undo, actor: "bert"));

        Assert.Equal(1, (await queue.CountNewerAsync(seen, Stop)).Value);
        Assert.Equal(["returns", "c", "b"], await ReadAsync(QueueSort.Newest, null));
        Assert.Equal(["b", "c", "returns"], await ReadAsync(QueueSort.Oldest, null));
        foreach (var sort in Enum.GetValues<QueueSort>())
        {
            Assert.DoesNotContain("returns", await ReadAsync(sort, seen));
        }

        async Task<IEnumerable<string>> ReadAsync(QueueSort sort, long? upTo) =>
            (await queue.ReadAsync(sort, null, upTo, 50, Stop)).Items.Select(item => item.ExternalId);
    }

    [Fact]
    public async Task Counting_stops_one_behind_the_cap()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync([.. Enumerable.Range(0, QueueReader.CountCap + 5).Select(n => Scored($"id{n}"))]);

        var count = await desk.Get<QueueReader>().CountAsync(Stop);

        Assert.Equal((QueueReader.CountCap + 1, "10,000+"), (count.Value, count.ToString()));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_234, "1,234")]
    [InlineData(10_000, "10,000")]
    [InlineData(10_001, "10,000+")]
    public void A_capped_count_reads_as_people_write_it(int value, string text) =>
        Assert.Equal(text, new CappedCount(value, 10_000).ToString());

    [Fact]
    public async Task States_are_those_of_now_and_unknown_ids_are_left_out()
    {
        await using var desk = await TestDesk.CreateAsync();
        var stored = await desk.StoreAsync(Scored("a"), Scored("b"), Scored("c"));
        await desk.DecideAsync("a", DecisionAction.Approve, actor: "mira");
        await desk.StoreAsync(Withdrawn("b"));

        var states = await desk.Get<QueueReader>().StatesAsync([.. stored.Select(comment => comment.Id), 99, 99], Stop);
        var none = await desk.Get<QueueReader>().StatesAsync([], Stop);

        Assert.Equal(3, states.Count);
        Assert.Empty(none);
        Assert.Equal((CommentStatus.Approved, 2, "mira"), (states[stored[0].Id].Status, states[stored[0].Id].Version, states[stored[0].Id].Decision!.Actor));
        Assert.True(states[stored[1].Id].Withdrawn);
        Assert.Null(states[stored[2].Id].Decision);
    }
}
