using Bunit;

using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Tests.Support;
using Moderation.Web.Components.Parts;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Web.Components.Parts;

public sealed class RaidNoticesTests : PageTest
{
    [Fact]
    public async Task A_possible_raid_is_told_in_a_sentence_until_somebody_dismisses_it()
    {
        var now = TimeProvider.System.GetUtcNow();
        await Desk.Get<IPredictionStore>().CommitAsync([Batch([Scored("a", community: "<b>games</b>")])], Stop);
        await Desk.Get<DatabaseWriter>().WriteAsync(
            WritePriority.Bulk,
            Durability.Replayable,
            session =>
            {
                session.Context.Spikes.Add(new Spike
                {
                    CommunityId = 1, Start = now.AddMinutes(-9), End = now.AddMinutes(-4), Flagged = 1_234, Expected = 2.6, Deviation = 7, RaisedAt = now,
                });
                return session.Context.SaveChanges();
            },
            Stop);

        var notices = Browser.Render<RaidNotices>(parameters => parameters.AddCascadingValue(new Moderator { ChosenName = "ann" }));

        notices.WaitForAssertion(() => Assert.Contains(
            "Possible raid in <b>games</b>: 1,234 flagged comments in five minutes, where about 3 are usual.",
            notices.Find("section").TextContent, StringComparison.Ordinal));
        await notices.Find("button").ClickAsync(new());
        notices.WaitForAssertion(() => Assert.Empty(notices.FindAll("section")));
        Assert.Equal("ann", Desk.Look(context => context.Spikes.Single().DismissedBy));
    }
}
