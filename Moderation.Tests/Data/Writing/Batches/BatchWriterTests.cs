using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Writing.Batches;

public sealed class BatchWriterTests
{
    [Fact]
    public async Task A_new_comment_is_stored_with_its_text_prediction_community_and_author()
    {
        await using var desk = await TestDesk.CreateAsync();
        var incoming = new IncomingComment
        {
            ExternalId = "a",
            Body = "hello",
            Author = "anna",
            Community = "games",
            ThreadId = "t",
            ParentId = "p",
            Url = "https://example.org/a",
            Score = -3,
            CreatedAt = Noon.AddHours(-1),
        };

        var committed = Assert.Single(await desk.StoreAsync(Scored(incoming)));

        Assert.Equal((CommentOutcome.Stored, true), (committed.Outcome, committed.Enqueued));
        var row = desk.Row("a");
        Assert.Equal(committed.Id, row.Id);
        Assert.Equal(("t", "p", "https://example.org/a", -3), (row.ThreadId, row.ParentId, row.Url, row.Score));
        Assert.Equal((Noon.AddHours(-1), Noon), (row.CreatedAt, row.ReceivedAt));
        Assert.Equal((1, 1, CommentStatus.Pending), (row.Version, row.TextVersion, row.Status));
        Assert.Equal((Over, Limit, true, 1), (row.Probability, row.Threshold, row.Flagged, row.ModelId));
        Assert.False(row.EditedAfterDecision);
        Assert.Equal((null, null), (row.WithdrawnAt, row.DecisionId));
        Assert.Equal(["hello"], desk.Texts("a"));
        Assert.Equal("games", desk.Look(context => context.Communities.Single(community => community.Id == row.CommunityId).Name));
        Assert.Equal("anna", desk.Look(context => context.Authors.Single(author => author.Id == row.AuthorId).Name));
        var prediction = desk.Look(context => context.Predictions.Single());
        Assert.Equal((row.Id, 1, 1, Over, Limit), (prediction.CommentId, prediction.TextVersion, prediction.ModelId, prediction.Probability, prediction.Threshold));
    }

    [Fact]
    public async Task A_comment_under_the_threshold_and_without_an_author_is_stored_unflagged()
    {
        await using var desk = await TestDesk.CreateAsync();

        var committed = await desk.StoreAsync(Scored("a", probability: Limit, author: null));

        Assert.False(committed[0].Enqueued);
        var row = desk.Row("a");
        Assert.Equal((CommentStatus.Unflagged, false, null), (row.Status, row.Flagged, row.AuthorId));
    }

    [Fact]
    public async Task The_same_id_with_the_same_text_is_a_duplicate_and_changes_nothing()
    {
        await using var desk = await TestDesk.CreateAsync();
        var first = await desk.StoreAsync(Scored("a", "hello", Under));

        var again = await desk.StoreAsync(Scored("a", "hello", Over, community: "science", author: "bert"));

        Assert.Equal((first[0].Id, CommentOutcome.Duplicate, false), (again[0].Id, again[0].Outcome, again[0].Enqueued));
        var row = desk.Row("a");
        Assert.Equal((1, 1, Under, CommentStatus.Unflagged), (row.Version, row.TextVersion, row.Probability, row.Status));
        Assert.Equal(1, desk.Look(context => context.Predictions.Count()));
        Assert.Equal(["hello"], desk.Texts("a"));
    }

    [Fact]
    public async Task Another_text_under_the_same_id_is_a_new_version_scored_anew_and_the_old_text_is_kept()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a", "hello", Under));

        var edited = await desk.StoreAsync(Scored("a", "you idiot", 0.8));

        Assert.Equal((CommentOutcome.Edited, true), (edited[0].Outcome, edited[0].Enqueued));
        var row = desk.Row("a");
        Assert.Equal((2, 2, 0.8, CommentStatus.Pending, true), (row.Version, row.TextVersion, row.Probability, row.Status, row.Flagged));
        Assert.Equal(["hello", "you idiot"], desk.Texts("a"));
        Assert.Equal([Under, 0.8], desk.Look(context => context.Predictions.OrderBy(row => row.TextVersion).Select(row => row.Probability).ToList()));
    }

    [Fact]
    public async Task Going_back_to_an_older_text_is_a_new_version_too()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a", "one"));
        await desk.StoreAsync(Scored("a", "two"));

        var back = await desk.StoreAsync(Scored("a", "one"));

        Assert.Equal(CommentOutcome.Edited, back[0].Outcome);
        Assert.Equal(["one", "two", "one"], desk.Texts("a"));
    }

    [Theory]
    [InlineData(null, Over, CommentStatus.Pending, false)]
    [InlineData(null, Under, CommentStatus.Pending, false)]
    [InlineData(DecisionAction.Approve, Over, CommentStatus.Pending, true)]
    [InlineData(DecisionAction.Approve, Under, CommentStatus.Approved, false)]
    [InlineData(DecisionAction.Remove, Over, CommentStatus.Removed, false)]
    [InlineData(DecisionAction.Remove, Under, CommentStatus.Removed, false)]
    [InlineData(DecisionAction.Escalate, Over, CommentStatus.Escalated, false)]
    public async Task An_edit_moves_only_what_does_not_wait_and_is_not_removed(
        DecisionAction? decision, double probability, CommentStatus expected, bool enqueued)
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a", "one"));
        if (decision is { } action)
        {
            await desk.DecideAsync("a", action);
        }

        var edited = await desk.StoreAsync(Scored("a", "two", probability));

        Assert.Equal(enqueued, edited[0].Enqueued);
        var row = desk.Row("a");
        Assert.Equal((expected, decision is not null), (row.Status, row.EditedAfterDecision));
    }

    [Fact]
    public async Task A_second_edit_still_shows_that_the_decision_was_made_on_an_older_text()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a", "one"));
        await desk.DecideAsync("a", DecisionAction.Approve);

        await desk.StoreAsync(Scored("a", "two"));
        await desk.StoreAsync(Scored("a", "three"));

        Assert.True(desk.Row("a").EditedAfterDecision);
    }

    [Theory]
    [InlineData(null, CommentStatus.Unflagged)]
    [InlineData(DecisionAction.Escalate, CommentStatus.Unflagged)]
    [InlineData(DecisionAction.Approve, CommentStatus.Approved)]
    [InlineData(DecisionAction.Remove, CommentStatus.Removed)]
    public async Task A_withdrawn_comment_leaves_the_queue_and_what_was_decided_stays_decided(DecisionAction? decision, CommentStatus expected)
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"));
        if (decision is { } action)
        {
            await desk.DecideAsync("a", action);
        }

        var version = desk.Row("a").Version;
        var withdrawn = await desk.StoreAsync(Withdrawn("a"));
        var again = await desk.StoreAsync(Withdrawn("a"));

        Assert.Equal((CommentOutcome.Withdrawn, CommentOutcome.Duplicate), (withdrawn[0].Outcome, again[0].Outcome));
        var row = desk.Row("a");
        Assert.Equal((expected, version + 1), (row.Status, row.Version));
        Assert.Equal(Noon, row.WithdrawnAt);
        Assert.Equal(["a text"], desk.Texts("a"));
    }

    [Fact]
    public async Task A_withdrawn_comment_that_is_edited_does_not_come_back_into_the_queue()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"));
        await desk.StoreAsync(Withdrawn("a"));

        var edited = await desk.StoreAsync(Scored("a", "another text"));

        Assert.False(edited[0].Enqueued);
        Assert.Equal(CommentStatus.Unflagged, desk.Row("a").Status);
    }

    [Fact]
    public async Task Withdrawing_an_unknown_comment_changes_nothing()
    {
        await using var desk = await TestDesk.CreateAsync();

        var committed = await desk.StoreAsync(Withdrawn("nobody"), Scored("a"));

        Assert.Equal((0L, CommentOutcome.Withdrawn, false), (committed[0].Id, committed[0].Outcome, committed[0].Enqueued));
        Assert.Equal(["a"], desk.Look(context => context.Comments.Select(row => row.ExternalId).ToList()));
    }

    [Fact]
    public async Task Repeats_edits_and_withdrawals_inside_one_batch_take_effect_in_order()
    {
        await using var desk = await TestDesk.CreateAsync();

        var committed = await desk.StoreAsync(
            Scored("a", "one"), Scored("a", "one"), Scored("b"), Scored("a", "two"), Withdrawn("b"), Withdrawn("b"));

        Assert.Equal(
            [CommentOutcome.Stored, CommentOutcome.Duplicate, CommentOutcome.Stored, CommentOutcome.Edited, CommentOutcome.Withdrawn, CommentOutcome.Duplicate],
            committed.Select(comment => comment.Outcome));
        Assert.Equal(["one", "two"], desk.Texts("a"));
        Assert.NotNull(desk.Row("b").WithdrawnAt);
    }

    [Fact]
    public async Task The_same_id_in_two_sources_is_two_comments_with_two_authors()
    {
        await using var desk = await TestDesk.CreateAsync();

        await desk.StoreAsync(Batch([Scored("a", "one")], source: "first"));
        var second = await desk.StoreAsync(Batch([Scored("a", "two")], source: "second"));

        Assert.Equal(CommentOutcome.Stored, second.Comments[0].Outcome);
        var rows = desk.Look(context => context.Comments.ToList());
        Assert.Equal(2, rows.Select(row => row.SourceId).Distinct().Count());
        Assert.Equal(2, rows.Select(row => row.AuthorId).Distinct().Count());
        Assert.Single(rows.Select(row => row.CommunityId).Distinct());
    }

    [Fact]
    public async Task Ids_grow_and_go_on_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        var ids = new List<long>();
        for (var run = 0; run < 3; run++)
        {
            await using var desk = await TestDesk.CreateAsync(folder.Path);
            ids.AddRange((await desk.StoreAsync(Scored($"{run}-a"), Scored("always"), Scored($"{run}-b"))).Select(comment => comment.Id));
        }

        Assert.Equal([1, 2, 3, 4, 2, 5, 6, 2, 7], ids);
    }

    [Fact]
    public async Task Only_what_begins_to_wait_gets_a_new_number_in_the_queue()
    {
        await using var desk = await TestDesk.CreateAsync();

        await desk.StoreAsync(Scored("under", probability: Under), Scored("a", "one"), Scored("b", "one"));
        Assert.Equal(0, desk.Row("under").QueueNumber);
        var first = desk.Row("a").QueueNumber;
        Assert.InRange(first, 1, desk.Row("b").QueueNumber - 1);

        // It waits already.
        await desk.StoreAsync(Scored("a", "two"), Scored("a", "two"));
        Assert.Equal(first, desk.Row("a").QueueNumber);

        // It does not come back.
        await desk.DecideAsync("a", DecisionAction.Approve);
        await desk.StoreAsync(Scored("a", "three", Under));
        Assert.Equal(first, desk.Row("a").QueueNumber);

        await desk.StoreAsync(Scored("a", "four"), Scored("under", "two"));
        Assert.InRange(desk.Row("a").QueueNumber, desk.Row("b").QueueNumber + 1, desk.Row("under").QueueNumber - 1);
    }

    [Fact]
    public async Task Numbers_in_the_queue_grow_over_restarts()
    {
        using var folder = new TemporaryFolder();
        var numbers = new List<long>();
        for (var run = 0; run < 3; run++)
        {
            await using var desk = await TestDesk.CreateAsync(folder.Path);
            await desk.StoreAsync(Scored($"{run}-a"), Scored($"{run}-b"));
            await desk.DecideAsync($"{run}-b", DecisionAction.Escalate);
            numbers.AddRange([desk.Row($"{run}-a").QueueNumber, desk.Row($"{run}-b").QueueNumber]);
        }

        Assert.Equal([1, 2, 3, 4, 5, 6], numbers);
    }

    [Fact]
    public async Task A_rollback_gives_no_number_again_that_an_open_page_has_seen()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"), Scored("b"));
        var seen = desk.Row("b").QueueNumber;
        await desk.DecideAsync("a", DecisionAction.Approve);
        await desk.DecideAsync("b", DecisionAction.Approve);

        await Assert.ThrowsAsync<InvalidOperationException>(() => desk.Get<DatabaseWriter>().WriteAsync<bool>(
            WritePriority.Bulk, Durability.Replayable, _ => throw new InvalidOperationException("rolled back"), Stop));
        await desk.StoreAsync(Scored("c"));

        Assert.Equal(1, (await desk.Get<QueueReader>().CountNewerAsync(seen, Stop)).Value);
    }

    [Fact]
    public async Task A_comment_with_strange_names_is_found_again_by_what_is_shown_of_it()
    {
        await using var desk = await TestDesk.CreateAsync();
        var strange = Scored("a\0b\ud800", author: "x\0y\udfff", community: "c\ud800d");

        await desk.StoreAsync(strange);
        var again = await desk.StoreAsync(strange);

        Assert.Equal(CommentOutcome.Duplicate, again[0].Outcome);
        var shown = desk.Look(context => context.Comments.Single()).ExternalId;
        Assert.NotNull(await desk.Get<HistoryReader>().FindAsync(Forum, shown, Stop));
        Assert.Equal((1, 1), desk.Look(context => ValueTuple.Create(context.Authors.Count(), context.Communities.Count())));
    }
}
