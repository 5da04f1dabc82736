using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Tests.Data.Searching;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Reading;

public sealed class HistorySearchTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(CommentStatus.Unflagged)]
    [InlineData(CommentStatus.Pending)]
    [InlineData(CommentStatus.Removed)]
    [InlineData(CommentStatus.Escalated)]
    public async Task Pages_give_each_comment_with_the_words_and_the_status_exactly_once(CommentStatus? status)
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync([.. Enumerable.Range(0, 60)
            .Select(n => Scored($"id{n}", n % 3 == 0 ? "nothing here" : $"a green apple {n}", n % 4 == 0 ? Under : Over))]);
        for (var n = 0; n < 60; n += 5)
        {
            await desk.DecideAsync($"id{n}", DecisionAction.Remove);
        }

        desk.IndexAll();
        var expected = Enumerable.Range(0, 60)
            .Where(n => n % 3 != 0)
            .Where(n => status is null || status == (n % 5 == 0 ? CommentStatus.Removed : n % 4 == 0 ? CommentStatus.Unflagged : CommentStatus.Pending))
            .Select(n => $"id{n}").Reverse();

        var seen = new List<string>();
        PageCursor? after = null;
        do
        {
            var found = await desk.Get<HistoryReader>().SearchAsync("apple GREEN", status, after, 4, Stop);
            Assert.Null(found.Reason);
            Assert.False(found.BudgetSpent);
            seen.AddRange(found.Page.Items.Select(item => item.ExternalId));
            after = found.Page.Next;
        }
        while (after is not null);

        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task A_rare_status_among_many_hits_costs_a_bounded_page_that_says_how_far_back_it_looked()
    {
        await using var desk = await TestDesk.CreateAsync();
        const int Others = HistoryReader.MostCandidates + 500;
        await desk.StoreAsync([.. Enumerable.Range(0, Others + 1).Select(n => Scored($"id{n}", "apple"))]);
        await desk.DecideAsync("id0", DecisionAction.Remove);
        desk.IndexAll();
        var history = desk.Get<HistoryReader>();

        // Where a busy machine makes the time run out first, a page looks less far; it says so all the same.
        var found = await history.SearchAsync("apple", CommentStatus.Removed, null, 50, Stop);
        Assert.True(found.BudgetSpent);
        Assert.Empty(found.Page.Items);
        Assert.InRange(found.Page.Next!.Value.Id, Others + 1 - HistoryReader.MostCandidates, Others);

        while (found.Page.Next is { } next)
        {
            Assert.Empty(found.Page.Items);
            found = await history.SearchAsync("apple", CommentStatus.Removed, next, 50, Stop);
        }

        Assert.Equal("id0", Assert.Single(found.Page.Items).ExternalId);
        Assert.False(found.BudgetSpent);
    }

    [Fact]
    public async Task Nothing_to_search_for_is_an_empty_page_with_a_reason()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"));
        desk.IndexAll();

        var found = await desk.Get<HistoryReader>().SearchAsync("!!!", null, null, 50, Stop);

        Assert.Equal(CommentPage.Empty, found.Page with { Items = CommentPage.Empty.Items });
        Assert.Empty(found.Page.Items);
        Assert.Equal("A search needs a letter or a digit.", found.Reason);
    }
}
