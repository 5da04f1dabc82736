using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;
using Moderation.Data.Writing;

namespace Moderation.Tests.Support;

/// <summary>Possible raids in the first community of a desk.</summary>
internal static class DeskSpikes
{
    /// <summary>So many, now.</summary>
    public static Task<int> RaiseAsync(this TestDesk desk, int count) => WriteAsync(desk, context =>
    {
        var now = TimeProvider.System.GetUtcNow();
        context.Spikes.AddRange(Enumerable.Range(0, count).Select(_ => new Spike
        {
            CommunityId = 1, Start = now.AddMinutes(-9), End = now.AddMinutes(-4), Flagged = 1_234, Expected = 2.6, Deviation = 7, RaisedAt = now,
        }));
        return context.SaveChanges();
    });

    /// <summary>All have so many flagged comments from now on.</summary>
    public static Task<int> GrowAsync(this TestDesk desk, int flagged) =>
        WriteAsync(desk, context => context.Spikes.ExecuteUpdate(set => set.SetProperty(spike => spike.Flagged, flagged)));

    private static Task<int> WriteAsync(TestDesk desk, Func<ModerationDbContext, int> write) => desk.Get<DatabaseWriter>().WriteAsync(
        WritePriority.Bulk, Durability.Replayable, session => write(session.Context), TestContext.Current.CancellationToken);
}
