using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

using Moderation.Data.Maintenance;
using Moderation.Data.Schema;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Maintenance;

public sealed class HousekeepingTests
{
    [Fact]
    public async Task Minutes_go_after_two_days_and_hours_after_ninety_and_days_stay()
    {
        var time = new FakeTimeProvider(Noon);
        await using var desk = await TestDesk.CreateAsync(time: time);
        await desk.StoreAsync(Written("a", Noon), Written("b", Noon.AddDays(1)), Written("c", Noon.AddDays(3)));

        await TidyAsync(desk, Noon.AddDays(2.5), time);
        Assert.Equal([1, 1, 60, 60, 60, 1440, 1440, 1440], Widths(desk));

        await TidyAsync(desk, Noon.AddDays(91.5), time);
        Assert.Equal([60, 1440, 1440, 1440], Widths(desk).Where(width => width > 1));
        Assert.Equal(3, desk.Look(context => context.Windows.Where(row => row.Minutes == 1440).Sum(row => row.Count)));
    }

    [Fact]
    public async Task Minutes_of_an_archive_that_are_still_open_stay_however_old_they_are()
    {
        var time = new FakeTimeProvider(Noon);
        await using var desk = await TestDesk.CreateAsync(time: time);
        await desk.StoreAsync(Written("old", Noon.AddYears(-1)), Written("older", Noon.AddYears(-1).AddHours(-1).AddMinutes(50)));

        await TidyAsync(desk, Noon, time);
        Assert.Equal(2, Widths(desk).Count(width => width == 1));

        await desk.StoreAsync(Written("newer", Noon.AddYears(-1).AddHours(1)));
        await TidyAsync(desk, Noon, time);
        Assert.Equal(1, Widths(desk).Count(width => width == 1));
    }

    [Fact]
    public async Task Events_go_when_all_readers_have_announced_them_and_a_day_has_passed()
    {
        var time = new FakeTimeProvider(Noon);
        await using var desk = await TestDesk.CreateAsync(time: time);
        await desk.StoreAsync(Scored("a"), Scored("b"));
        var events = desk.Look(context => context.Outbox.OrderBy(row => row.Id).Select(row => row.Id).ToList());

        await TidyAsync(desk, Noon.AddHours(23), time);
        Assert.Equal(2, desk.Look(context => context.Outbox.Count()));

        await desk.Get<Moderation.Data.Writing.DatabaseWriter>().WriteAsync(
            Moderation.Data.Writing.WritePriority.Bulk, Moderation.Data.Writing.Durability.Replayable,
            session => session.Outbox.SetPosition("live", events[0]), Stop);
        await TidyAsync(desk, Noon.AddHours(23), time);
        Assert.Equal(2, desk.Look(context => context.Outbox.Count()));
        await TidyAsync(desk, Noon.AddHours(25), time);
        Assert.Equal([events[1]], desk.Look(context => context.Outbox.Select(row => row.Id).ToList()));
    }

    private static async Task TidyAsync(TestDesk desk, DateTimeOffset now, FakeTimeProvider time)
    {
        if (now > time.GetUtcNow())
        {
            time.SetUtcNow(now);
        }

        using var housekeeping = ActivatorUtilities.CreateInstance<Housekeeping>(desk.Get<IServiceProvider>());
        await housekeeping.TidyAsync(Stop);
    }

    private static ScoredComment Written(string id, DateTimeOffset at) =>
        Scored(new IncomingComment { ExternalId = id, Body = "a text", CreatedAt = at });

    private static List<int> Widths(TestDesk desk) => desk.Look(context => context.Windows.Select(row => row.Minutes).AsEnumerable().Order().ToList());
}
