using CsCheck;

using Microsoft.EntityFrameworkCore;

using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Flow.Supervision;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Flow;

public sealed class SupervisionPropertyTests
{
    private const int BatchSize = 3;

    private static readonly List<IncomingComment> _comments =
        [.. Enumerable.Range(0, 30).Select(n => new IncomingComment { ExternalId = $"id{n}", Body = $"text {n}", Author = "anna" })];

    private enum Act
    {
        Pause,
        Resume,
        Rewind,
        LetSomeThrough,
        Stop,
        Abort,
    }

    [Fact]
    public Task Whatever_people_do_to_a_source_each_comment_is_kept_exactly_once() =>
        Gen.Enum<Act>().Array[1, 12].SampleAsync(RunAsync, seed: "0N0XIzNsQ0O2", iter: 25, threads: 1);

    [Fact]
    public async Task Pause_and_rewind_are_kept_in_the_database()
    {
        using var folder = new TemporaryFolder();
        await using (var desk = await TestDesk.CreateAsync(folder.Path))
        {
            var store = desk.Get<ISourceStore>();
            Assert.Equal(SourceRecord.New, await store.FindAsync(Forum, Stop));
            await store.SetPausedAsync(Forum, true, Stop);
            await desk.StoreAsync(Batch([Scored("a")], position: "7"));
            await desk.StoreAsync(Batch([Scored("a")], source: "other", position: "8"));
        }

        await using (var desk = await TestDesk.CreateAsync(folder.Path))
        {
            var store = desk.Get<ISourceStore>();
            var found = await store.FindAsync(Forum, Stop);
            Assert.Equal((true, "7", Noon.AddSeconds(1)), (found.Paused, found.Position?.Value, found.CheckpointAt));

            await store.RewindAsync(Forum, Stop);

            Assert.Equal(new SourceRecord(true, null, null), await store.FindAsync(Forum, Stop));
            Assert.Equal("8", (await store.FindAsync("other", Stop)).Position?.Value);
            await store.SetPausedAsync(Forum, false, Stop);
            Assert.False((await store.FindAsync(Forum, Stop)).Paused);
        }
    }

    private static async Task RunAsync(Act[] acts)
    {
        using var folder = new TemporaryFolder();
        var left = new Queue<Act>(acts);
        while (left.Count > 0)
        {
            await RunUntilStoppedAsync(folder.Path, left);
        }

        // Whatever is in force now, a resumed source comes to its end.
        await using var desk = await TestDesk.CreateAsync(folder.Path);
        using var life = Life.Begin(desk, new SemaphoreSlim(int.MaxValue));
        await desk.Get<SourceSupervisor>().ResumeAsync(Forum, Stop).Guarded();
        await Waiting.UntilAsync(() => State(desk) == SourceState.Finished);
        await life.StopAsync(abort: false);
        Assert.Equal(
            _comments.Select(comment => (comment.ExternalId, 1)).Order(),
            desk.Look(context => context.Comments.AsNoTracking().Select(row => new { row.ExternalId, row.TextVersion }).ToList())
                .Select(row => (row.ExternalId, row.TextVersion)).Order());
        Assert.Equal(_comments.Count, desk.Look(context => context.CommentTexts.Count()));
        Assert.Equal(_comments.Count, desk.Look(context => context.Predictions.Count()));
    }

    private static async Task RunUntilStoppedAsync(string folder, Queue<Act> left)
    {
        await using var desk = await TestDesk.CreateAsync(folder);
        using var gate = new SemaphoreSlim(0);
        using var life = Life.Begin(desk, gate);
        var supervisor = desk.Get<SourceSupervisor>();
        while (left.TryDequeue(out var act))
        {
            switch (act)
            {
                case Act.Pause:
                    await supervisor.PauseAsync(Forum, Stop).Guarded();
                    Assert.Equal(SourceState.Paused, State(desk));
                    break;
                case Act.Resume:
                    await supervisor.ResumeAsync(Forum, Stop).Guarded();
                    break;
                case Act.Rewind:
                    await supervisor.RewindAsync(Forum, Stop).Guarded();
                    break;
                case Act.LetSomeThrough:
                    gate.Release(2);
                    break;
                default:
                    await life.StopAsync(act == Act.Abort);
                    return;
            }
        }

        await life.StopAsync(abort: false);
    }

    private static SourceState State(TestDesk desk) =>
        desk.Get<PipelineStatistics>().Read().Sources.Single(source => source.Name == Forum).State;

    /// <summary>Flow and supervision of one run of the program; a batch is given out when the gate lets it.</summary>
    private sealed class Life : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly CancellationTokenSource _abort = new();
        private readonly TestDesk _desk;
        private readonly Task _flow;
        private readonly Task _supervising;

        private Life(TestDesk desk, SemaphoreSlim gate)
        {
            _desk = desk;
            desk.UseAnyModel();
            _flow = desk.Get<ModerationFlow>().RunAsync(_abort.Token);
            _supervising = desk.Get<SourceSupervisor>().RunAsync([new GatedSource(gate)], Task.CompletedTask, _stop.Token);
        }

        public static Life Begin(TestDesk desk, SemaphoreSlim gate) => new(desk, gate);

        public async Task StopAsync(bool abort)
        {
            if (abort)
            {
                await _abort.CancelAsync();
            }

            await _stop.CancelAsync();
            await _supervising.Guarded();
            _desk.Get<ModerationFlow>().Complete();
            await ((Task)_flow).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        public void Dispose()
        {
            _stop.Dispose();
            _abort.Dispose();
        }
    }

    private sealed class GatedSource(SemaphoreSlim gate) : ICommentSource
    {
        private readonly ListSource _inner = new(_comments, BatchSize);

        public string Name => Forum;

        public async IAsyncEnumerable<CommentBatch> ReadAsync(
            SourcePosition? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var batch in _inner.ReadAsync(after, cancellationToken))
            {
                await gate.WaitAsync(cancellationToken);
                yield return batch;
            }
        }
    }
}
