using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Faults;

public sealed class ClockFaultTests
{
    [Fact]
    public async Task A_clock_that_jumps_back_an_hour_turns_no_time_of_receipt_back_and_loses_nothing()
    {
        var time = new JumpingClock(Noon);
        await using var desk = await TestDesk.CreateAsync(time: time);
        desk.UseAnyModel();

        await desk.RunFlowAsync(async flow =>
        {
            await CommitAsync(flow, "before");
            time.Jump(TimeSpan.FromHours(-1));
            await CommitAsync(flow, "behind");
            Assert.Contains("set back", flow.ClockProblem, StringComparison.Ordinal);
            time.Jump(TimeSpan.FromSeconds(1));
            return await CommitAsync(flow, "later");
        });

        var rows = desk.Look(context => context.Comments.OrderBy(row => row.Id).Select(row => new { row.ExternalId, row.ReceivedAt }).ToList());
        Assert.Equal(["before", "behind", "later"], rows.Select(row => row.ExternalId));
        Assert.Equal(rows.Select(row => row.ReceivedAt).Order(), rows.Select(row => row.ReceivedAt));
    }

    private static async Task<CommittedBatch> CommitAsync(ModerationFlow flow, string id)
    {
        var commit = await flow.EnterAsync(new CommentBatch(Forum, [new IncomingComment { ExternalId = id, Body = id }]), Stop);
        return await commit.Guarded();
    }
}
