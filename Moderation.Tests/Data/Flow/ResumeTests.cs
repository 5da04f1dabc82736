using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Flow;

public sealed class ResumeTests
{
    private const int BatchSize = 3;

    private static readonly List<IncomingComment> _comments =
        [.. Enumerable.Range(0, 20).Select(n => new IncomingComment { ExternalId = $"id{n}", Body = $"text {n}", CreatedAt = Noon.AddSeconds(n) })];

    public static TheoryData<int> Cuts { get; } = [.. Enumerable.Range(0, 8)];

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_source_stopped_at_any_batch_and_resumed_gives_each_comment_exactly_once(int cut)
    {
        using var folder = new TemporaryFolder();
        await using (var desk = await StartAsync(folder))
        {
            using var stop = new CancellationTokenSource();
            var run = await desk.RunFlowAsync(_ => desk.Get<SourceRunner>().RunAsync(
                new ListSource(_comments, BatchSize, number => CancelAt(number, stop)), null, stop.Token));

            // Whatever was handed in before the stop is committed.
            Assert.Equal(Math.Min(cut * BatchSize, _comments.Count), run.Committed);
            Assert.Equal(run.Committed, desk.Look(context => context.Comments.LongCount()));
        }

        await ResumeAsync(folder, duplicates: 0);

        void CancelAt(int number, CancellationTokenSource stop)
        {
            if (number == cut)
            {
                stop.Cancel();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_flow_aborted_at_any_batch_and_resumed_gives_each_comment_exactly_once(int cut)
    {
        using var folder = new TemporaryFolder();
        await using (var desk = await StartAsync(folder))
        {
            using var abort = new CancellationTokenSource();
            var flow = desk.Get<ModerationFlow>();
            var running = flow.RunAsync(abort.Token);
            var reading = desk.Get<SourceRunner>().RunAsync(
                new ListSource(_comments, BatchSize, number => AbortAt(number, abort)), null, abort.Token);

            // Either way of ending is fine, as long as both end.
            await Task.WhenAny(reading);
            flow.Complete();
            await Task.WhenAny(running);
        }

        await ResumeAsync(folder, duplicates: 0);

        void AbortAt(int number, CancellationTokenSource abort)
        {
            if (number == cut)
            {
                abort.Cancel();
            }
        }
    }

    [Fact]
    public async Task A_source_that_goes_back_a_little_repeats_comments_and_doubles_none()
    {
        using var folder = new TemporaryFolder();
        await using (var desk = await StartAsync(folder))
        {
            await desk.RunFlowAsync(_ => desk.Get<SourceRunner>().RunAsync(new ListSource([.. _comments.Take(11)], BatchSize), null, Stop));
            await desk.StoreAsync(Batch([], position: "5"));
        }

        await ResumeAsync(folder, duplicates: 6);
    }

    private static async Task<TestDesk> StartAsync(TemporaryFolder folder)
    {
        var desk = await TestDesk.CreateAsync(folder.Path, settings: ("Moderation:Pipeline:ChannelCapacity", "2"));
        desk.UseAnyModel();
        return desk;
    }

    private static async Task ResumeAsync(TemporaryFolder folder, int duplicates)
    {
        await using var desk = await StartAsync(folder);
        var run = await desk.RunFlowAsync(_ => desk.Get<SourceRunner>().RunAsync(new ListSource(_comments, BatchSize), null, Stop));

        Assert.True(run.Finished);
        Assert.Equal(duplicates, run.Duplicates);
        Assert.Equal(
            _comments.Select(comment => comment.ExternalId),
            desk.Look(context => context.Comments.OrderBy(row => row.Id).Select(row => row.ExternalId).ToList()));
        Assert.Equal(
            _comments.Select(comment => comment.Body),
            desk.Look(context => context.CommentTexts.OrderBy(text => text.CommentId).Select(text => text.Body).ToList()));
        Assert.Equal(new SourcePosition("20"), await desk.Get<IPredictionStore>().FindCheckpointAsync(Forum, Stop));
    }
}
