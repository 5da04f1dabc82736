using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

using Microsoft.Extensions.Time.Testing;

using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.Files;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Flow;

public sealed class SourceRunnerTests
{
    private const int Comments = 23;

    [Fact]
    public async Task A_source_is_read_to_its_end_and_summed_up()
    {
        await using var flow = new TestFlow().Start();
        var sums = new List<SourceRun>();

        var run = await flow.Runner.RunAsync(new CountingSource(Comments), sums.Add, TestContext.Current.CancellationToken).Guarded();

        Assert.Equal(new SourceRun(Comments, Comments, 0, Comments, 0, Finished: true), run);
        Assert.Equal(8, sums.Count);
        Assert.Equal(run with { Finished = false }, sums[^1] with { Finished = false });
        Assert.Equal(SourceState.Finished, Assert.Single(flow.Statistics.Read().Sources).State);
    }

    [Fact]
    public async Task Stopped_behind_any_commit_and_run_again_each_comment_is_committed_exactly_once()
    {
        for (var cut = 0; cut <= 8; cut++)
        {
            var store = new InMemoryPredictionStore { MostBatches = 1 };
            await using (var first = new TestFlow(store).Start())
            {
                using var stop = new CancellationTokenSource();
                store.Committing = committed => StopAt(committed, cut, stop);
                StopAt(0, cut, stop);

                await RunAsync(first, stop.Token);
                await first.DrainAsync();
            }

            await FinishAsync(store);
        }
    }

    [Fact]
    public async Task Aborted_at_any_commit_and_run_again_each_comment_is_committed_exactly_once()
    {
        for (var cut = 1; cut <= 8; cut++)
        {
            var store = new InMemoryPredictionStore { MostBatches = 1 };
            await using (var first = new TestFlow(store).Start())
            {
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                store.Committing = committed => CloseAt(committed, cut, store, reached);
                var running = first.Runner.RunAsync(new CountingSource(Comments), null, CancellationToken.None);
                await reached.Task.Guarded();
                if (cut < 8)
                {
                    await first.AbortAsync();
                    await AssertUnfinishedAsync(running);
                }
            }

            store.Open();
            await FinishAsync(store);
        }

        // What was under way when the flow was aborted was given up; with nothing under way the source just stopped.
        static async Task AssertUnfinishedAsync(Task<SourceRun> running)
        {
            try
            {
                Assert.False((await running.Guarded()).Finished);
            }
            catch (OperationCanceledException)
            {
            }
        }

        static void CloseAt(int committed, int cut, InMemoryPredictionStore store, TaskCompletionSource reached)
        {
            if (committed == cut)
            {
                store.Close();
                reached.SetResult();
            }
        }
    }

    [Fact]
    public async Task A_source_that_breaks_keeps_what_was_read_before_and_says_why()
    {
        await using var flow = new TestFlow().Start();

        var error = await Assert.ThrowsAsync<SourceException>(
            () => flow.Runner.RunAsync(new CountingSource(Comments, breaksAt: 6), null, TestContext.Current.CancellationToken).Guarded());

        Assert.Equal("The source broke.", error.Message);
        Assert.Equal(["0", "1", "2", "3", "4", "5"], flow.Store.CommittedIds("counting"));
        var figures = Assert.Single(flow.Statistics.Read().Sources);
        Assert.Equal((SourceState.Failed, "The source broke.", "6"), (figures.State, figures.Problem, figures.Position));
    }

    [Fact]
    public async Task A_source_whose_flow_closes_under_it_stops_unfinished()
    {
        await using var flow = new TestFlow().Start();
        flow.Flow.Complete();

        var run = await flow.Runner.RunAsync(new CountingSource(Comments), null, TestContext.Current.CancellationToken).Guarded();

        Assert.False(run.Finished);
        Assert.Equal(SourceState.Stopped, Assert.Single(flow.Statistics.Read().Sources).State);
    }

    [Fact]
    public async Task A_file_is_committed_once_however_often_it_is_run()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.csv", "id,body\n1,one\n2,two\nbroken\n4,four\n");
        await using var flow = new TestFlow().Start();
        var source = new FileSource(new FileSourceOptions { Name = "archive", Path = path, BatchSize = 2 }, TimeProvider.System);

        var first = await flow.Runner.RunAsync(source, null, TestContext.Current.CancellationToken).Guarded();
        var second = await flow.Runner.RunAsync(source, null, TestContext.Current.CancellationToken).Guarded();

        Assert.Equal(new SourceRun(4, 3, 0, 3, 1, Finished: true), first);
        Assert.Equal(new SourceRun(0, 0, 0, 0, 0, Finished: true), second);
        Assert.Equal(["1", "2", "4"], flow.Store.CommittedIds("archive"));
    }

    [Fact]
    public async Task A_last_line_without_its_end_is_read_again_when_it_grew()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.csv", "id,body\n1,one\n2,two");
        await using var flow = new TestFlow().Start();
        var source = new FileSource(new FileSourceOptions { Name = "archive", Path = path }, TimeProvider.System);
        await flow.Runner.RunAsync(source, null, TestContext.Current.CancellationToken).Guarded();

        var unchanged = await flow.Runner.RunAsync(source, null, TestContext.Current.CancellationToken).Guarded();
        await File.AppendAllTextAsync(path, " and more\n", TestContext.Current.CancellationToken);
        var grown = await flow.Runner.RunAsync(source, null, TestContext.Current.CancellationToken).Guarded();

        Assert.Equal(0, unchanged.Read);
        Assert.Equal((1, 0), (grown.Committed, grown.Duplicates));
        Assert.Equal(CommentOutcome.Edited, Assert.Single(flow.Store.Committed[^1].Comments).Outcome);
    }

    [Fact]
    public async Task A_store_that_was_away_for_a_while_costs_nothing()
    {
        var time = new FakeTimeProvider();
        await using var flow = new TestFlow(time: time, options: new PipelineOptions { ChannelCapacity = 2 }).Start();
        flow.Store.Refuse("The disk is full.");
        var running = flow.Runner.RunAsync(new CountingSource(Comments), null, TestContext.Current.CancellationToken);
        await Waiting.UntilAsync(() => flow.Flow.Problem is not null);

        flow.Store.Refuse(null);
        var run = await time.AdvanceUntilDoneAsync(running, TimeSpan.FromMilliseconds(100));

        Assert.Equal((Comments, 0), (run.Committed, run.Duplicates));
    }

    private static void StopAt(int committed, int cut, CancellationTokenSource stop)
    {
        if (committed == cut)
        {
            stop.Cancel();
        }
    }

    private static async Task RunAsync(TestFlow flow, CancellationToken stop)
    {
        try
        {
            await flow.Runner.RunAsync(new CountingSource(Comments), null, stop).Guarded();
        }
        catch (OperationCanceledException)
        {
            // Stopped before it began.
        }
    }

    private static async Task FinishAsync(InMemoryPredictionStore store)
    {
        store.Committing = null;
        await using var second = new TestFlow(store).Start();
        var run = await second.Runner.RunAsync(new CountingSource(Comments), null, TestContext.Current.CancellationToken).Guarded();

        Assert.True(run.Finished);
        Assert.Equal(0, run.Duplicates);
        Assert.Equal(
            Enumerable.Range(0, Comments).Select(i => i.ToString(CultureInfo.InvariantCulture)), store.CommittedIds("counting"));
    }

    /// <summary>Counts up, three comments a batch.</summary>
    private sealed class CountingSource(int count, int breaksAt = int.MaxValue) : ICommentSource
    {
        public string Name => "counting";

        public async IAsyncEnumerable<CommentBatch> ReadAsync(SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var next = after is { } position ? int.Parse(position.Value, CultureInfo.InvariantCulture) : 0;
            while (next < count)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                if (next >= breaksAt)
                {
                    throw new SourceException("The source broke.");
                }

                var until = Math.Min(next + 3, count);
                yield return TestFlow.Batch(Name, [.. Enumerable.Range(next, until - next).Select(i => i.ToString(CultureInfo.InvariantCulture))]) with
                {
                    Position = new SourcePosition(until.ToString(CultureInfo.InvariantCulture)),
                };
                next = until;
            }
        }
    }
}
