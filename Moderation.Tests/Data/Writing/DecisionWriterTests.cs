using CsCheck;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Writing;

public sealed class DecisionWriterTests
{
    [Theory]
    [InlineData(DecisionAction.Approve, null, CommentStatus.Approved)]
    [InlineData(DecisionAction.Remove, "insult", CommentStatus.Removed)]
    [InlineData(DecisionAction.Escalate, null, CommentStatus.Escalated)]
    [InlineData(DecisionAction.Skip, null, CommentStatus.Pending)]
    public async Task A_decision_is_appended_with_who_when_and_on_which_text_and_moves_the_status(
        DecisionAction action, string? reason, CommentStatus expected)
    {
        var time = new FakeTimeProvider(Noon);
        await using var desk = await TestDesk.CreateAsync(time: time);
        await desk.StoreAsync(Scored("a", "one"));
        await desk.StoreAsync(Scored("a", "two"));

        var outcome = await desk.DecideAsync("a", action, reason, actor: "mira", note: "  a note ");

        Assert.Equal((DecisionResult.Done, null), (outcome.Result, outcome.Message));
        var row = desk.Row("a");
        Assert.Equal((expected, 3, 2), (row.Status, row.Version, row.TextVersion));
        Assert.Equal((expected, 3, 2, false), (outcome.Comment!.Status, outcome.Comment.Version, outcome.Comment.TextVersion, outcome.Comment.Withdrawn));
        var decision = desk.Look(context => context.Decisions.Single());
        Assert.Equal((row.Id, 2, action, reason), (decision.CommentId, decision.TextVersion, decision.Action, decision.Reason));
        Assert.Equal(("mira", Noon, "a note"), (decision.Actor, decision.At, decision.Note));
        Assert.Equal((CommentStatus.Pending, expected), (decision.StatusBefore, decision.StatusAfter));
        Assert.Equal((null, null), (decision.PreviousId, decision.UndoesId));

        // A skip is on record, but it decides nothing.
        Assert.Equal(action == DecisionAction.Skip ? null : decision.Id, row.DecisionId);
        Assert.Equal(row.DecisionId, outcome.Comment.Decision?.Id);
    }

    [Theory]
    [InlineData(DecisionAction.Remove, null)]
    [InlineData(DecisionAction.Remove, "because")]
    [InlineData(DecisionAction.Remove, "SPAM")]
    [InlineData(DecisionAction.Remove, "")]
    [InlineData(DecisionAction.Approve, "spam")]
    [InlineData(DecisionAction.Undo, "spam")]
    [InlineData((DecisionAction)99, null)]
    [InlineData((DecisionAction)0, null)]
    public async Task A_reason_that_does_not_fit_is_refused_in_a_sentence_and_leaves_no_trace(DecisionAction action, string? reason)
    {
        await using var desk = await TestDesk.CreateAsync();
        var id = (await desk.StoreAsync(Scored("a")))[0].Id;

        var outcome = await desk.Get<DecisionWriter>().DecideAsync(new DecisionRequest(id, action, 1, "mira", reason), Stop);

        Assert.Equal(DecisionResult.Refused, outcome.Result);
        Assert.EndsWith(".", outcome.Message, StringComparison.Ordinal);
        AssertUntouched(desk, version: 1);
    }

    [Fact]
    public async Task A_decision_is_counted_in_the_windows_of_the_time_at_which_it_is_made()
    {
        var time = new FakeTimeProvider(Noon.AddHours(3));
        await using var desk = await TestDesk.CreateAsync(time: time);
        var written = await desk.StoreAsync(Scored("a"), Scored("b"));
        var decisions = desk.Get<DecisionWriter>();
        await decisions.DecideAsync(new DecisionRequest(written[0].Id, DecisionAction.Approve, 1, "ann"), Stop);
        await decisions.DecideAsync(new DecisionRequest(written[1].Id, DecisionAction.Remove, 1, "ann", "spam"), Stop);
        time.Advance(TimeSpan.FromHours(1));
        await decisions.DecideAsync(new DecisionRequest(written[0].Id, DecisionAction.Undo, 2, "ann"), Stop);

        Assert.Equal(
            [(Noon, 2, 0, 0, 0), (Noon.AddHours(3), 0, 1, 1, 0), (Noon.AddHours(4), 0, 0, 0, 1)],
            desk.Look(context => context.Windows.Where(row => row.Minutes == 60).AsEnumerable()
                .Select(row => (row.Start, (int)row.Count, (int)row.Approved, (int)row.Removed, (int)row.Undone)).ToList()));
        var day = desk.Look(context => context.Windows.Single(row => row.Minutes == 1440));
        Assert.Equal((2, 1, 1, 1), (day.Count, day.Approved, day.Removed, day.Undone));
    }

    [Fact]
    public async Task A_note_may_be_long_but_not_longer_than_the_limit()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"), Scored("b"));

        var tooLong = await desk.DecideAsync("a", DecisionAction.Approve, note: new string('x', DecisionWriter.LongestNote + 1));
        var longest = await desk.DecideAsync("b", DecisionAction.Approve, note: new string('x', DecisionWriter.LongestNote));

        Assert.Equal((DecisionResult.Refused, DecisionResult.Done), (tooLong.Result, longest.Result));
        Assert.Equal(DecisionWriter.LongestNote, longest.Comment!.Decision!.Note!.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n ")]
    public async Task A_note_of_nothing_is_no_note(string note)
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"));

        var outcome = await desk.DecideAsync("a", DecisionAction.Approve, note: note);

        Assert.Null(outcome.Comment!.Decision!.Note);
    }

    [Fact]
    public async Task A_decision_on_an_unknown_comment_finds_nothing()
    {
        await using var desk = await TestDesk.CreateAsync();

        var outcome = await desk.Get<DecisionWriter>().DecideAsync(new DecisionRequest(42, DecisionAction.Approve, 1, "mira"), Stop);

        Assert.Equal((DecisionResult.NotFound, null), (outcome.Result, outcome.Comment));
        Assert.Equal(0, desk.Look(context => context.Decisions.Count()));
    }

    [Fact]
    public async Task A_decision_on_an_older_version_is_stale_says_who_was_first_and_changes_nothing()
    {
        await using var desk = await TestDesk.CreateAsync();
        var id = (await desk.StoreAsync(Scored("a")))[0].Id;
        await desk.DecideAsync("a", DecisionAction.Remove, actor: "bert");

        var outcome = await desk.Get<DecisionWriter>().DecideAsync(new DecisionRequest(id, DecisionAction.Approve, 1, "mira"), Stop);

        Assert.Equal(DecisionResult.Stale, outcome.Result);
        Assert.Equal("bert decided meanwhile: removed.", outcome.Message);
        Assert.Equal((CommentStatus.Removed, 2, "bert"), (outcome.Comment!.Status, outcome.Comment.Version, outcome.Comment.Decision!.Actor));
        Assert.Equal((CommentStatus.Removed, 2), (desk.Row("a").Status, desk.Row("a").Version));
        Assert.Equal(1, desk.Look(context => context.Decisions.Count()));
    }

    [Fact]
    public async Task A_decision_on_a_version_that_does_not_exist_yet_is_stale()
    {
        await using var desk = await TestDesk.CreateAsync();
        var id = (await desk.StoreAsync(Scored("a")))[0].Id;

        var outcome = await desk.Get<DecisionWriter>().DecideAsync(new DecisionRequest(id, DecisionAction.Approve, 2, "mira"), Stop);

        Assert.Equal(DecisionResult.Stale, outcome.Result);
        AssertUntouched(desk, version: 1);
    }

    [Fact]
    public async Task A_decision_on_a_text_that_changed_or_was_withdrawn_meanwhile_says_so()
    {
        await using var desk = await TestDesk.CreateAsync();
        var id = (await desk.StoreAsync(Scored("a", "one")))[0].Id;
        await desk.DecideAsync("a", DecisionAction.Approve, actor: "bert");
        await desk.StoreAsync(Scored("a", "two"));
        var writer = desk.Get<DecisionWriter>();

        var edited = await writer.DecideAsync(new DecisionRequest(id, DecisionAction.Remove, 2, "mira", "spam"), Stop);
        await desk.StoreAsync(Withdrawn("a"));
        var withdrawn = await writer.DecideAsync(new DecisionRequest(id, DecisionAction.Remove, 3, "mira", "spam"), Stop);

        Assert.Equal("The text changed meanwhile; look at it again.", edited.Message);
        Assert.Equal("The comment was deleted at its source meanwhile.", withdrawn.Message);
        Assert.True(withdrawn.Comment!.Withdrawn);
    }

    [Fact]
    public async Task Of_many_decisions_at_once_on_the_same_version_exactly_one_wins()
    {
        await using var desk = await TestDesk.CreateAsync();
        var id = (await desk.StoreAsync(Scored("a")))[0].Id;
        var writer = desk.Get<DecisionWriter>();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(
            () => writer.DecideAsync(new DecisionRequest(id, n % 2 == 0 ? DecisionAction.Approve : DecisionAction.Escalate, 1, $"person {n}"), Stop),
            Stop)));

        var winner = Assert.Single(outcomes, outcome => outcome.Result == DecisionResult.Done);
        Assert.Equal(15, outcomes.Count(outcome => outcome.Result == DecisionResult.Stale));
        Assert.Equal(winner.Comment!.Decision!.Actor, desk.Look(context => context.Decisions.Single().Actor));
        Assert.Equal(winner.Comment.Status, desk.Row("a").Status);
    }

    [Fact]
    public async Task Undo_walks_back_through_the_decisions_one_by_one_and_then_is_refused()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"));
        var removed = await desk.DecideAsync("a", DecisionAction.Remove, "spam");
        await desk.DecideAsync("a", DecisionAction.Approve);

        var first = await desk.DecideAsync("a", DecisionAction.Undo);
        var second = await desk.DecideAsync("a", DecisionAction.Undo);
        var third = await desk.DecideAsync("a", DecisionAction.Undo);

        Assert.Equal((CommentStatus.Removed, removed.Comment!.Decision!.Id), (first.Comment!.Status, first.Comment.Decision!.Id));
        Assert.Equal((CommentStatus.Pending, null), (second.Comment!.Status, second.Comment.Decision));
        Assert.Equal((DecisionResult.Refused, "There is no decision to undo."), (third.Result, third.Message));
        var events = desk.Look(context => context.Decisions.OrderBy(row => row.Id).ToList());
        Assert.Equal([null, null, events[1].Id, events[0].Id], events.Select(row => row.UndoesId));
        Assert.Equal(5, desk.Row("a").Version);
    }

    [Fact]
    public async Task A_decision_gives_a_new_number_in_the_queue_only_when_the_comment_begins_to_wait_again()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"), Scored("b"));
        var first = desk.Row("a").QueueNumber;

        foreach (var action in (DecisionAction[])[DecisionAction.Skip, DecisionAction.Escalate, DecisionAction.Remove, DecisionAction.Undo])
        {
            // The last one brings it back to an admin, not to the queue.
            await desk.DecideAsync("a", action);
            Assert.Equal(first, desk.Row("a").QueueNumber);
        }

        var back = await desk.DecideAsync("a", DecisionAction.Undo);

        Assert.Equal(CommentStatus.Pending, desk.Row("a").Status);
        Assert.InRange(desk.Row("a").QueueNumber, desk.Row("b").QueueNumber + 1, long.MaxValue);
        Assert.Equal(desk.Row("a").QueueNumber, back.Comment!.QueueNumber);
    }

    [Fact]
    public async Task A_decision_after_an_undo_can_be_undone_in_its_turn()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"));
        await desk.DecideAsync("a", DecisionAction.Approve);
        await desk.DecideAsync("a", DecisionAction.Undo);
        await desk.DecideAsync("a", DecisionAction.Remove);

        var undone = await desk.DecideAsync("a", DecisionAction.Undo);

        Assert.Equal((CommentStatus.Pending, null), (undone.Comment!.Status, undone.Comment.Decision));
    }

    [Fact]
    public async Task Undo_with_nothing_decided_is_refused_even_after_a_skip()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"));
        await desk.DecideAsync("a", DecisionAction.Skip);

        var outcome = await desk.DecideAsync("a", DecisionAction.Undo);

        Assert.Equal((DecisionResult.Refused, CommentStatus.Pending), (outcome.Result, outcome.Comment!.Status));
        Assert.Equal(1, desk.Look(context => context.Decisions.Count()));
    }

    [Theory]
    [InlineData(Over, DecisionAction.Approve, Over, CommentStatus.Pending)]
    [InlineData(Over, DecisionAction.Remove, Under, CommentStatus.Pending)]
    [InlineData(Under, DecisionAction.Remove, Under, CommentStatus.Unflagged)]
    [InlineData(Under, DecisionAction.Remove, Over, CommentStatus.Pending)]
    [InlineData(Under, DecisionAction.Approve, Over, CommentStatus.Pending)]
    public async Task Undoing_a_decision_on_an_older_text_leaves_the_comment_as_if_nobody_had_decided(
        double before, DecisionAction action, double after, CommentStatus expected)
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a", "one", before));
        await desk.DecideAsync("a", action);
        await desk.StoreAsync(Scored("a", "two", after));

        var undone = await desk.DecideAsync("a", DecisionAction.Undo);

        Assert.Equal((expected, null), (undone.Comment!.Status, undone.Comment.Decision));
        Assert.Equal((expected, false), (desk.Row("a").Status, desk.Row("a").EditedAfterDecision));
    }

    [Theory]
    [InlineData(DecisionAction.Approve)]
    [InlineData(DecisionAction.Remove)]
    [InlineData(DecisionAction.Escalate)]
    public async Task Undo_does_not_bring_a_withdrawn_comment_back_into_the_queue(DecisionAction action)
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"));
        await desk.DecideAsync("a", action);
        await desk.StoreAsync(Withdrawn("a"));

        var undone = await desk.DecideAsync("a", DecisionAction.Undo);

        Assert.Equal((DecisionResult.Done, CommentStatus.Unflagged), (undone.Result, undone.Comment!.Status));
    }

    [Fact]
    public async Task The_mark_of_an_edit_goes_with_a_decision_on_the_new_text_and_comes_back_with_its_undo()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a", "one"));
        await desk.DecideAsync("a", DecisionAction.Remove);
        await desk.StoreAsync(Scored("a", "two"));
        await desk.DecideAsync("a", DecisionAction.Skip);
        Assert.True(desk.Row("a").EditedAfterDecision);

        await desk.DecideAsync("a", DecisionAction.Approve);
        Assert.False(desk.Row("a").EditedAfterDecision);

        await desk.DecideAsync("a", DecisionAction.Undo);
        Assert.True(desk.Row("a").EditedAfterDecision);
    }

    [Fact]
    public async Task Observers_are_told_behind_the_commit_and_one_that_throws_harms_nothing()
    {
        var watching = new Observer();
        await using var desk = await TestDesk.CreateAsync(configure: services => services
            .AddSingleton<IDeskObserver>(new Observer { OnDecided = _ => throw new InvalidOperationException("broken") })
            .AddSingleton<IDeskObserver>(watching));
        await desk.StoreAsync(Scored("a"));
        CommentStatus? seen = null;
        watching.OnDecided = state => seen = desk.Look(context => context.Comments.Single(row => row.Id == state.Id).Status);

        var outcome = await desk.DecideAsync("a", DecisionAction.Approve);

        Assert.Equal(DecisionResult.Done, outcome.Result);
        Assert.Equal(CommentStatus.Approved, seen);
    }

    [Fact]
    public async Task Observers_hear_nothing_of_a_refused_or_stale_decision()
    {
        var told = 0;
        await using var desk = await TestDesk.CreateAsync(configure: services => services
            .AddSingleton<IDeskObserver>(new Observer { OnDecided = _ => told++ }));
        var id = (await desk.StoreAsync(Scored("a")))[0].Id;
        var writer = desk.Get<DecisionWriter>();

        await writer.DecideAsync(new DecisionRequest(id, DecisionAction.Approve, 9, "mira"), Stop);
        await writer.DecideAsync(new DecisionRequest(id, DecisionAction.Remove, 1, "mira"), Stop);
        await writer.DecideAsync(new DecisionRequest(id, DecisionAction.Undo, 1, "mira"), Stop);

        Assert.Equal(0, told);
    }

    [Fact]
    public async Task After_any_sequence_the_status_is_what_the_events_add_up_to()
    {
        await using var desk = await TestDesk.CreateAsync();
        var number = 0;
        var action = Gen.Int[1, 5].Select(n => (DecisionAction)n);
        await Gen.Select(Gen.Bool, action.Array[1, 12]).SampleAsync(
            async (flagged, actions) =>
            {
                var id = $"id{Interlocked.Increment(ref number)}";
                await desk.StoreAsync(Scored(id, probability: flagged ? Over : Under));
                var stack = new Stack<CommentStatus>([desk.Row(id).Status]);
                var done = 0;
                foreach (var next in actions)
                {
                    var outcome = await desk.DecideAsync(id, next);
                    Assert.Equal(next == DecisionAction.Undo && stack.Count == 1 ? DecisionResult.Refused : DecisionResult.Done, outcome.Result);
                    done += outcome.Result == DecisionResult.Done ? 1 : 0;
                    switch (next)
                    {
                        case DecisionAction.Approve:
                            stack.Push(CommentStatus.Approved);
                            break;
                        case DecisionAction.Remove:
                            stack.Push(CommentStatus.Removed);
                            break;
                        case DecisionAction.Escalate:
                            stack.Push(CommentStatus.Escalated);
                            break;
                        case DecisionAction.Undo when stack.Count > 1:
                            stack.Pop();
                            break;
                    }

                    Assert.Equal(stack.Peek(), desk.Row(id).Status);
                }

                var row = desk.Row(id);
                var events = desk.Look(context => context.Decisions.Where(e => e.CommentId == row.Id).OrderBy(e => e.Id).ToList());
                Assert.Equal(done, events.Count);
                Assert.Equal(1 + done, row.Version);
                var status = flagged ? CommentStatus.Pending : CommentStatus.Unflagged;
                foreach (var e in events)
                {
                    Assert.Equal(status, e.StatusBefore);
                    status = e.StatusAfter;
                }

                Assert.Equal(status, row.Status);
            },
            iter: 40,
            threads: 1);
    }

    private static void AssertUntouched(TestDesk desk, int version)
    {
        Assert.Equal((CommentStatus.Pending, version), (desk.Row("a").Status, desk.Row("a").Version));
        Assert.Equal(0, desk.Look(context => context.Decisions.Count()));
    }

    private sealed class Observer : IDeskObserver
    {
        public Action<CommentState>? OnDecided { get; set; }

        public Task DecidedAsync(CommentState comment, CancellationToken cancellationToken)
        {
            OnDecided?.Invoke(comment);
            return Task.CompletedTask;
        }

        public Task ThresholdChangedAsync(ThresholdVersion threshold, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
