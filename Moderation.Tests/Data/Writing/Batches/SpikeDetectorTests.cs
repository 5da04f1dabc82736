using Moderation.Data.Schema;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Writing.Batches;

public sealed class SpikeDetectorTests
{
    private int _written;

    [Fact]
    public async Task A_raid_is_raised_while_its_window_is_open_and_grows_as_one()
    {
        await using var desk = await TestDesk.CreateAsync();
        await CalmAsync(desk, hours: 4);

        await desk.StoreAsync(At(Written("games", 0, 12)));
        await desk.StoreAsync(At(Written("games", 1, 30)));
        await desk.StoreAsync(At(Written("games", 6, 40)));

        var spike = desk.Look(context => context.Spikes.Single());
        Assert.Equal((Noon.AddMinutes(-4), Noon.AddMinutes(7)), (spike.Start, spike.End));
        Assert.InRange(spike.Flagged, 40, 80);
        Assert.InRange(spike.Expected, 0, 3);
        Assert.True(spike.Deviation >= 5);
        Assert.Equal([spike.Id], desk.Look(context => context.Outbox.Where(row => row.Topic == OutboxTopic.Spike).Select(row => row.SubjectId).ToList()));
    }

    [Fact]
    public async Task A_raid_spread_over_two_sources_is_seen_as_one()
    {
        await using var desk = await TestDesk.CreateAsync();
        await CalmAsync(desk, hours: 4);
        await desk.StoreAsync(At(Written("games", 0, 8)));
        Assert.Equal(0, desk.Look(context => context.Spikes.Count()));

        await desk.StoreAsync(At(Written("games", 0, 8), source: "other"));

        Assert.Equal(16, desk.Look(context => context.Spikes.Single().Flagged));
    }

    [Fact]
    public async Task There_is_no_alarm_on_a_cold_start_and_none_about_the_distant_past()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(At(Written("new", 0, 500)));
        await CalmAsync(desk, hours: 4, before: Noon.AddDays(-30), source: "archive");
        await desk.StoreAsync(At(Written("games", (int)TimeSpan.FromDays(-30).TotalMinutes, 500), source: "archive"));

        Assert.Equal(0, desk.Look(context => context.Spikes.Count()));
    }

    [Fact]
    public async Task An_archive_before_a_live_stream_and_a_long_silence_predict_nothing()
    {
        await using var desk = await TestDesk.CreateAsync();
        await CalmAsync(desk, hours: 4, before: Noon.AddDays(-30), source: "archive");
        await desk.StoreAsync(At(Written("games", 0, 40)));

        await CalmAsync(desk, hours: 2, before: Noon.AddHours(-14), source: "other");
        await desk.StoreAsync(At(Written("games", 0, 40), source: "other"));

        Assert.Equal(0, desk.Look(context => context.Spikes.Count()));
    }

    [Fact]
    public async Task A_second_raid_after_a_quiet_while_is_another_one()
    {
        await using var desk = await TestDesk.CreateAsync();
        await CalmAsync(desk, hours: 6, before: Noon.AddMinutes(-60));
        await desk.StoreAsync(At(Written("games", -45, 60)));
        await desk.StoreAsync(At(Written("games", 0, 60)));

        Assert.Equal(2, desk.Look(context => context.Spikes.Count()));
    }

    /// <summary>One flagged comment every ten minutes.</summary>
    private async Task CalmAsync(TestDesk desk, int hours, DateTimeOffset? before = null, string source = Forum)
    {
        var minutes = (int)((before ?? Noon) - Noon).TotalMinutes;
        await desk.StoreAsync(At([.. Enumerable.Range(1, hours * 6).Reverse().SelectMany(ten => Written("games", minutes - (ten * 10), 1))], source));
    }

    private IEnumerable<ScoredComment> Written(string community, int minute, int count) => Enumerable.Range(0, count).Select(_ => Scored(
        new IncomingComment { ExternalId = $"{++_written}", Body = "a text", Community = community, CreatedAt = Noon.AddMinutes(minute) }));

    private static ScoredBatch At(IEnumerable<ScoredComment> comments, string source = Forum) => Batch([.. comments], source);
}
