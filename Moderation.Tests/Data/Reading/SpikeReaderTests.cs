using Microsoft.Extensions.Time.Testing;

using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Reading;

public sealed class SpikeReaderTests
{
    [Fact]
    public async Task Recent_raids_are_listed_newest_first_until_somebody_dismisses_them()
    {
        var time = new FakeTimeProvider(Noon);
        await using var desk = await TestDesk.CreateAsync(time: time);
        await desk.StoreAsync(Scored("a"));
        await RaiseAsync(desk, Noon.AddDays(-2), Noon.AddHours(-1), Noon);
        var reader = desk.Get<SpikeReader>();

        var listed = await reader.ListAsync(10, Stop);
        Assert.Equal([Noon, Noon.AddHours(-1)], listed.Select(spike => spike.RaisedAt));
        Assert.Equal(("games", 40, 2.5), (listed[0].Community, listed[0].Flagged, listed[0].Expected));
        Assert.Single(await reader.ListAsync(1, Stop));

        Assert.True(await desk.Get<SpikeWriter>().DismissAsync(listed[0].Id, "ann", Stop));
        Assert.False(await desk.Get<SpikeWriter>().DismissAsync(listed[0].Id, "bob", Stop));
        Assert.False(await desk.Get<SpikeWriter>().DismissAsync(999, "bob", Stop));
        Assert.Equal([listed[1].Id], (await reader.ListAsync(10, Stop)).Select(spike => spike.Id));
        Assert.Equal(("ann", Noon), desk.Look(context => context.Spikes.Where(spike => spike.Id == listed[0].Id).AsEnumerable().Select(spike => (spike.DismissedBy!, spike.DismissedAt!.Value)).Single()));
    }

    private static Task<int> RaiseAsync(TestDesk desk, params DateTimeOffset[] at) => desk.Get<DatabaseWriter>().WriteAsync(
        WritePriority.Bulk,
        Durability.Replayable,
        session =>
        {
            session.Context.Spikes.AddRange(at.Select(time => new Spike
            {
                CommunityId = 1, Start = time, End = time.AddMinutes(5), Flagged = 40, Expected = 2.5, Deviation = 7, RaisedAt = time,
            }));
            return session.Context.SaveChanges();
        },
        Stop);
}
