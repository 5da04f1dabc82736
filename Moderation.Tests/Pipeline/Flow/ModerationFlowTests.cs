using System.Threading.Channels;

using Microsoft.Extensions.Time.Testing;

using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Flow;

public sealed class ModerationFlowTests
{
    private static readonly DateTimeOffset _noon = new(2030, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Commits_come_in_the_order_of_arrival_even_when_scoring_ends_in_another()
    {
        using var gate = new ScoringGate();
        await using var flow = new TestFlow(options: new PipelineOptions { ScoringWorkers = 2 }).Start();

        var first = await flow.EnterAsync(TestFlow.Held(TestFlow.Batch("s", "a", "b"), gate));
        var second = await flow.EnterAsync(TestFlow.Batch("s", "c"));
        var third = await flow.EnterAsync(TestFlow.Batch("t", "d"));
        await Waiting.UntilAsync(() => flow.Statistics.Read().Scored == 2);
        Assert.Empty(flow.Store.Committed);

        gate.Open();
        await Task.WhenAll(first, second, third).Guarded();
        Assert.Equal(["a", "b", "c", "d"], flow.Store.Committed.SelectMany(batch => batch.Comments).Select(comment => comment.Scored.Comment.ExternalId));
    }

    [Fact]
    public async Task Many_callers_at_once_each_keep_their_order_and_lose_nothing()
    {
        await using var flow = new TestFlow(
            new InMemoryPredictionStore { MostBatches = 3 }, new PipelineOptions { ScoringWorkers = 4, ChannelCapacity = 5, CommitSize = 7 }).Start();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
        {
            for (var i = 0; i < 100; i++)
            {
                await flow.Flow.EnterAsync(TestFlow.Batch($"s{caller}", $"{i}", $"{i}b"), TestContext.Current.CancellationToken);
            }
        })).Guarded();
        await flow.DrainAsync();

        var expected = Enumerable.Range(0, 100).SelectMany(i => new[] { $"{i}", $"{i}b" });
        Assert.All(Enumerable.Range(0, 8), caller => Assert.Equal(expected, flow.Store.CommittedIds($"s{caller}")));
        Assert.Equal((1600, 1600, 1600), (flow.Statistics.Read().Received, flow.Statistics.Read().Scored, flow.Statistics.Read().Committed));
    }

    [Fact]
    public async Task When_all_places_are_taken_nobody_enters_until_a_commit()
    {
        await using var flow = new TestFlow(options: new PipelineOptions { ChannelCapacity = 3 }).Start();
        flow.Store.Close();
        var underWay = new List<Task<CommittedBatch>>();
        for (var i = 0; i < 3; i++)
        {
            underWay.Add(flow.Flow.TryEnter(TestFlow.Batch("s", $"{i}"))!);
        }

        Assert.DoesNotContain(null, underWay);
        Assert.Null(flow.Flow.TryEnter(TestFlow.Batch("s", "3")));
        var waiting = flow.Flow.EnterAsync(TestFlow.Batch("s", "4"), TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(new QueueFill("commit", 3, 3), flow.Flow.Queues[1]);

        flow.Store.Open();
        await (await waiting.Guarded()).Guarded();
        Assert.Equal(["0", "1", "2", "4"], flow.Store.CommittedIds("s"));
        Assert.Equal(new QueueFill("commit", 0, 3), flow.Flow.Queues[1]);
        Assert.NotNull(flow.Flow.TryEnter(TestFlow.Batch("s", "5")));
    }

    [Fact]
    public async Task A_caller_who_gives_up_waiting_takes_no_place()
    {
        await using var flow = new TestFlow(options: new PipelineOptions { ChannelCapacity = 1 }).Start();
        flow.Store.Close();
        var first = flow.Flow.TryEnter(TestFlow.Batch("s", "a"))!;
        using var patience = new CancellationTokenSource();
        var waiting = flow.Flow.EnterAsync(TestFlow.Batch("s", "b"), patience.Token);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        flow.Store.Open();
        await first.Guarded();
        await (await flow.EnterAsync(TestFlow.Batch("s", "c"))).Guarded();

        Assert.Equal(["a", "c"], flow.Store.CommittedIds("s"));
    }

    [Fact]
    public async Task Completing_drains_all_that_is_under_way_and_lets_nobody_in()
    {
        await using var flow = new TestFlow().Start();
        flow.Store.Close();
        var underWay = new List<Task<CommittedBatch>>();
        for (var i = 0; i < 20; i++)
        {
            underWay.Add(await flow.EnterAsync(TestFlow.Batch("s", $"{i}")));
        }

        flow.Flow.Complete();
        Assert.Throws<ChannelClosedException>(() => { _ = flow.Flow.TryEnter(TestFlow.Batch("s", "late")); });
        await Assert.ThrowsAsync<ChannelClosedException>(() => flow.EnterAsync(TestFlow.Batch("s", "late")));
        flow.Store.Open();
        await flow.DrainAsync();

        Assert.All(underWay, batch => Assert.True(batch.IsCompletedSuccessfully));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), flow.Store.CommittedIds("s"));
    }

    [Fact]
    public async Task Whoever_waits_for_a_place_when_the_flow_completes_is_told()
    {
        await using var flow = new TestFlow(options: new PipelineOptions { ChannelCapacity = 1 }).Start();
        flow.Store.Close();
        await flow.EnterAsync(TestFlow.Batch("s", "a"));
        var waiting = Enumerable.Range(0, 3).Select(i => flow.Flow.EnterAsync(TestFlow.Batch("s", $"{i}"), CancellationToken.None)).ToList();

        flow.Flow.Complete();
        flow.Store.Open();
        await flow.DrainAsync();

        foreach (var caller in waiting)
        {
            await Assert.ThrowsAsync<ChannelClosedException>(() => caller.Guarded());
        }
    }

    [Fact]
    public async Task Aborting_cancels_every_batch_under_way()
    {
        await using var flow = new TestFlow().Start();
        flow.Store.Close();
        var underWay = new List<Task<CommittedBatch>>();
        for (var i = 0; i < 10; i++)
        {
            underWay.Add(await flow.EnterAsync(TestFlow.Batch("s", $"{i}")));
        }

        await flow.AbortAsync();

        foreach (var batch in underWay)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.Guarded());
        }

        Assert.Empty(flow.Store.Committed);
    }

    [Fact]
    public async Task Aborting_cancels_the_batch_that_waits_for_its_score()
    {
        await using var flow = new TestFlow(probability: null, options: new PipelineOptions { ScoringWorkers = 2 }).Start();
        var first = await flow.EnterAsync(TestFlow.Batch("s", "a"));
        var second = await flow.EnterAsync(TestFlow.Batch("s", "b"));

        // The committer holds the first batch in its hands by then.
        await Waiting.UntilAsync(() => flow.Flow.Queues[0].Length == 0);
        await flow.AbortAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Guarded());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.Guarded());
    }

    [Fact]
    public async Task Aborting_tells_whoever_waits_for_a_place()
    {
        await using var flow = new TestFlow(options: new PipelineOptions { ChannelCapacity = 1 }).Start();
        flow.Store.Close();
        await flow.EnterAsync(TestFlow.Batch("s", "a"));
        await Waiting.UntilAsync(() => flow.Store.Calls == 1);
        var waiting = Enumerable.Range(0, 3).Select(i => flow.Flow.EnterAsync(TestFlow.Batch("s", $"{i}"), CancellationToken.None)).ToList();

        await flow.AbortAsync();

        foreach (var caller in waiting)
        {
            await Assert.ThrowsAsync<ChannelClosedException>(() => caller.Guarded());
        }
    }

    [Fact]
    public async Task A_store_that_breaks_stops_the_flow_and_everybody_learns_of_it()
    {
        await using var flow = new TestFlow(options: new PipelineOptions { ChannelCapacity = 2 });
        flow.Store.Committing = _ => throw new InvalidOperationException("broken");
        var running = flow.Flow.RunAsync(TestContext.Current.CancellationToken);

        var batch = await flow.EnterAsync(TestFlow.Batch("s", "a"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => running.Guarded());
        await Assert.ThrowsAsync<InvalidOperationException>(() => batch.Guarded());
        await Assert.ThrowsAsync<ChannelClosedException>(() => flow.EnterAsync(TestFlow.Batch("s", "b")));
        await Assert.ThrowsAsync<ChannelClosedException>(() => flow.EnterAsync(TestFlow.Batch("s", "c")));
    }

    [Fact]
    public async Task A_store_that_is_unavailable_holds_everything_and_goes_on_by_itself()
    {
        var time = new FakeTimeProvider();
        await using var flow = new TestFlow(time: time, options: new PipelineOptions { ChannelCapacity = 3 }).Start();
        flow.Store.Refuse("The disk is full.");
        var underWay = Enumerable.Range(0, 3).Select(i => flow.Flow.TryEnter(TestFlow.Batch("s", $"{i}"))!).ToList();
        await Waiting.UntilAsync(() => flow.Flow.Problem is not null);
        Assert.Equal("The disk is full.", flow.Flow.Problem);

        // It tries again and again, ever more rarely.
        for (var calls = flow.Store.Calls; calls < 8; calls = flow.Store.Calls)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.All(underWay, batch => Assert.False(batch.IsCompleted));
        Assert.Null(flow.Flow.TryEnter(TestFlow.Batch("s", "more")));

        flow.Store.Refuse(null);
        await time.AdvanceUntilDoneAsync(Task.WhenAll(underWay), TimeSpan.FromMilliseconds(100));
        Assert.Null(flow.Flow.Problem);
        Assert.Equal(["0", "1", "2"], flow.Store.CommittedIds("s"));
    }

    [Fact]
    public async Task A_threshold_takes_effect_between_batches()
    {
        using var gate = new ScoringGate();
        await using var flow = new TestFlow(probability: 0.7).Start();
        var before = await flow.EnterAsync(TestFlow.Held(TestFlow.Batch("s", "a", "b"), gate));
        await gate.Reached.Guarded();
        flow.Thresholds.Swap(new ThresholdTable(0.8, new Dictionary<string, double> { ["strict"] = 0.1 }));
        var after = await flow.EnterAsync(TestFlow.Of("s", TestFlow.Comment("c"), TestFlow.Comment("d") with { Community = "strict" }));
        gate.Open();

        var comments = (await before.Guarded()).Comments.Concat((await after.Guarded()).Comments).Select(comment => comment.Scored).ToList();
        Assert.Equal([(0.5, true), (0.5, true)], comments.Take(2).Select(comment => (comment.Threshold, comment.Flagged)));
        Assert.Equal([(0.8, false), (0.1, true)], comments.Skip(2).Select(comment => (comment.Threshold, comment.Flagged)));
    }

    [Fact]
    public async Task A_model_takes_effect_between_batches()
    {
        using var gate = new ScoringGate();
        await using var flow = new TestFlow(probability: 0.7, options: new PipelineOptions { ScoringWorkers = 1 }).Start();
        var before = await flow.EnterAsync(TestFlow.Held(TestFlow.Batch("s", "a", "b"), gate));
        var after = await flow.EnterAsync(TestFlow.Batch("s", "c"));
        await gate.Reached.Guarded();
        flow.Model.Swap(TestModels.Loaded(TestModels.Constant(0.2), key: 2));
        gate.Open();

        Assert.Equal(1, (await before.Guarded()).Scored.ModelKey);
        Assert.All((await before).Comments, comment => Assert.Equal(0.7, comment.Scored.Probability, 6));
        Assert.Equal(2, (await after.Guarded()).Scored.ModelKey);
        Assert.Equal(0.2, Assert.Single((await after).Comments).Scored.Probability, 6);
    }

    [Fact]
    public async Task Batches_wait_for_the_first_model()
    {
        await using var flow = new TestFlow(probability: null).Start();
        var batch = await flow.EnterAsync(TestFlow.Batch("s", "a"));
        Assert.False(batch.IsCompleted);

        flow.Model.Swap(TestModels.Loaded(TestModels.Constant(0.6)));

        Assert.Single((await batch.Guarded()).Comments);
    }

    [Fact]
    public async Task Times_in_the_future_are_set_to_the_time_of_receipt_and_counted()
    {
        var time = new FakeTimeProvider(_noon);
        await using var flow = new TestFlow(time: time, options: new PipelineOptions { FutureSkewMilliseconds = 1000 }).Start();

        var committed = await (await flow.EnterAsync(TestFlow.Of(
            "s",
            TestFlow.Comment("now", _noon), TestFlow.Comment("skewed", _noon.AddSeconds(1)),
            TestFlow.Comment("future", _noon.AddSeconds(1.001)), TestFlow.Comment("far", DateTimeOffset.MaxValue), TestFlow.Comment("none")))).Guarded();

        Assert.Equal(
            [_noon, _noon.AddSeconds(1), _noon, _noon, _noon],
            committed.Comments.Select(comment => comment.Scored.CreatedAt));
        Assert.Equal(2, flow.Statistics.Read().Clamped);
    }

    [Fact]
    public async Task What_comes_behind_the_watermark_and_the_lateness_is_late_for_its_own_source_only()
    {
        var time = new FakeTimeProvider(_noon);
        var options = new PipelineOptions { OutOfOrdernessMilliseconds = 10_000, LatenessMilliseconds = 60_000 };
        await using var flow = new TestFlow(new InMemoryPredictionStore { Windows = options.Windows }, options, time).Start();

        // The minute from 11:54 is last in the window to 11:59, which closes at 11:58:50 and is open; the one before it is closed.
        await (await flow.EnterAsync(TestFlow.Of(
            "s",
            TestFlow.Comment("a", _noon), TestFlow.Comment("b", _noon.AddMinutes(-6)),
            TestFlow.Comment("c", _noon.AddMinutes(-6).AddMilliseconds(-1)), TestFlow.Comment("d", _noon.AddDays(-1))))).Guarded();
        await (await flow.EnterAsync(TestFlow.Of("archive", TestFlow.Comment("e", _noon.AddYears(-1))))).Guarded();

        var figures = flow.Statistics.Read();
        Assert.Equal(2, figures.Late);
        Assert.Equal([("archive", 0), ("s", 2)], figures.Sources.Select(source => (source.Name, source.Late)));
        Assert.Equal([_noon.AddYears(-1).AddMilliseconds(-10_001), _noon.AddMilliseconds(-10_001)], figures.Sources.Select(source => source.Watermark!.Value));
        Assert.Equal(TimeSpan.Zero, figures.Sources[1].Lag);
    }

    [Fact]
    public async Task Duplicates_are_no_part_of_the_rate_of_commits()
    {
        var time = new FakeTimeProvider(_noon);
        await using var flow = new TestFlow(time: time).Start();
        for (var round = 0; round < 2; round++)
        {
            await (await flow.EnterAsync(TestFlow.Batch("s", "a", "b"))).Guarded();
        }

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([2], flow.Statistics.CommitHistory);
        Assert.Equal(2, flow.Statistics.Read().RatePerSecond);
    }

    [Fact]
    public async Task Lateness_is_judged_in_the_order_of_arrival_whichever_batch_is_scored_first()
    {
        using var gate = new ScoringGate();
        var time = new FakeTimeProvider(_noon);
        await using var flow = new TestFlow(time: time, options: new PipelineOptions { ScoringWorkers = 2 }).Start();

        var first = await flow.EnterAsync(TestFlow.Held(TestFlow.Of("s", TestFlow.Comment("a", _noon.AddHours(-2))), gate));
        var second = await flow.EnterAsync(TestFlow.Of("s", TestFlow.Comment("b", _noon.AddHours(-1))));
        await Waiting.UntilAsync(() => flow.Statistics.Read().Scored == 1);
        gate.Open();
        await Task.WhenAll(first, second).Guarded();

        Assert.Equal(0, flow.Statistics.Read().Late);
    }

    [Fact]
    public async Task Dead_letters_pass_through_with_their_batch()
    {
        await using var flow = new TestFlow().Start();
        var batch = new CommentBatch("s", []) { DeadLetters = [DeadLetter.Create("line 2", "Broken.", "x")], Position = new SourcePosition("2") };

        var committed = await (await flow.EnterAsync(batch)).Guarded();

        Assert.Equal("line 2", Assert.Single(committed.Scored.DeadLetters).Place);
        Assert.Equal((1, 1, 0), (flow.Statistics.Read().Received, flow.Statistics.Read().DeadLettered, flow.Statistics.Read().Committed));
        Assert.Equal(new SourcePosition("2"), await flow.Store.FindCheckpointAsync("s", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Watchers_hear_of_a_commit()
    {
        await using var flow = new TestFlow().Start();
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watching = flow.Changes.Subscribe(() =>
        {
            heard.TrySetResult();
            return Task.CompletedTask;
        });

        await flow.EnterAsync(TestFlow.Batch("s", "a"));

        await heard.Task.Guarded();
    }
}
