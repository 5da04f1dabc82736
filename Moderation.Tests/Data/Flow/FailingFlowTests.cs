using System.Threading.Channels;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

using Microsoft.EntityFrameworkCore;

using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Flow;

public sealed class FailingFlowTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private static readonly List<IncomingComment> _comments =
        [.. Enumerable.Range(0, 40).Select(n => new IncomingComment { ExternalId = $"id{n}", Body = $"text {n}" })];

    [Fact]
    public async Task Whoever_waits_for_a_commit_hears_of_it_when_the_flow_is_aborted()
    {
        // Without a model the batches wait for their scores, the first of them in the committer's hands.
        await using var desk = await TestDesk.CreateAsync();
        var flow = desk.Get<ModerationFlow>();
        using var abort = new CancellationTokenSource();
        var running = flow.RunAsync(abort.Token);
        var commits = new[]
        {
            await flow.EnterAsync(new CommentBatch(Forum, [_comments[0]]), Stop),
            await flow.EnterAsync(new CommentBatch(Forum, [_comments[1]]), Stop),
        };

        await Task.Yield();
        await abort.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(_patience, Stop));
        foreach (var commit in commits)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commit.WaitAsync(_patience, Stop));
        }
    }

    [Fact]
    public async Task A_source_that_waits_for_a_place_hears_of_it_when_the_flow_has_died()
    {
        await using var desk = await TestDesk.CreateAsync(
            configure: services => services.Replace(ServiceDescriptor.Singleton<IPredictionStore>(new BrokenStore())),
            settings: ("Moderation:Pipeline:ChannelCapacity", "1"));
        desk.UseAnyModel();
        var running = desk.Get<ModerationFlow>().RunAsync(Stop);

        var reading = desk.Get<SourceRunner>().RunAsync(new ListSource(_comments, 1), null, Stop);

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => reading.WaitAsync(_patience, Stop));
        Assert.Equal("The store is broken.", e.Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.WaitAsync(_patience, Stop));
        await Assert.ThrowsAsync<ChannelClosedException>(
            () => desk.Get<ModerationFlow>().EnterAsync(new CommentBatch(Forum, []), Stop).WaitAsync(_patience, Stop));
    }

    [Fact]
    public async Task A_flow_that_was_completed_commits_what_it_took_before()
    {
        await using var desk = await TestDesk.CreateAsync();
        desk.UseAnyModel();
        var flow = desk.Get<ModerationFlow>();
        var commit = await flow.EnterAsync(new CommentBatch(Forum, _comments), Stop);

        flow.Complete();

        await Assert.ThrowsAsync<ChannelClosedException>(() => flow.EnterAsync(new CommentBatch(Forum, []), Stop));
        await flow.RunAsync(Stop);
        Assert.Equal(_comments.Count, (await commit).Comments.Count);
    }

    [Fact]
    public async Task A_full_database_holds_the_flow_up_and_nothing_is_lost_when_there_is_room_again()
    {
        var time = new FakeTimeProvider(Noon);
        await using var desk = await TestDesk.CreateAsync(time: time);
        desk.UseAnyModel();
        await desk.Get<DatabaseWriter>().WriteAsync(
            WritePriority.Bulk,
            Durability.Replayable,
            session =>
            {
                session.Context.Database.ExecuteSqlRaw("PRAGMA max_page_count = 1");
                return true;
            },
            Stop);
        var large = new IncomingComment { ExternalId = "large", Body = new string('x', 1 << 20) };
        string? problem = null;

        await desk.RunFlowAsync(async flow =>
        {
            var commit = await flow.EnterAsync(new CommentBatch(Forum, [large]), Stop);
            while (!commit.IsCompleted)
            {
                problem ??= flow.Problem;
                time.Advance(TimeSpan.FromMilliseconds(50));
                await Task.Yield();
            }

            await commit;
            Assert.Null(flow.Problem);
            return true;
        });

        Assert.Contains("the disk is full", problem, StringComparison.Ordinal);
        Assert.Equal(1, desk.Look(context => context.Comments.Count()));
    }

    [Fact]
    public async Task An_empty_text_is_scored_stored_and_counted()
    {
        await using var desk = await TestDesk.CreateAsync();
        desk.UseAnyModel();

        var committed = await desk.RunFlowAsync(async flow => await await flow.EnterAsync(
            new CommentBatch(Forum, [new IncomingComment { ExternalId = "empty", Body = "" }, new IncomingComment { ExternalId = "blank", Body = " \n" }]), Stop));

        Assert.Equal(2, committed.Comments.Count);
        Assert.All(desk.Look(context => context.Comments.ToList()), row => Assert.InRange(row.Probability, 0, 1));
    }

    private sealed class BrokenStore : IPredictionStore
    {
        public Task<IReadOnlyList<CommittedBatch>> CommitAsync(IReadOnlyList<ScoredBatch> batches, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The store is broken.");

        public Task<SourcePosition?> FindCheckpointAsync(string source, CancellationToken cancellationToken) =>
            Task.FromResult<SourcePosition?>(null);
    }
}
