using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Writing;

public sealed class ThresholdWriterTests
{
    [Fact]
    public async Task Without_any_version_the_setting_is_in_force()
    {
        await using var desk = await TestDesk.CreateAsync(settings: ("Moderation:Threshold:Default", "0.7"));

        Assert.Equal(0.7, InForce(desk).SiteDefault);
        Assert.Empty(await desk.Get<ThresholdReader>().ListAsync(10, Stop));
    }

    [Fact]
    public async Task A_threshold_is_in_force_at_once_for_the_site_for_a_community_and_cleared_again()
    {
        await using var desk = await TestDesk.CreateAsync();
        var writer = desk.Get<ThresholdWriter>();

        await writer.SetAsync(null, 0.6, null, "mira", Stop);
        await writer.SetAsync("games", 0.8, null, "mira", Stop);
        Assert.Equal((0.6, 0.8, 0.6), (InForce(desk).SiteDefault, InForce(desk).For("games"), InForce(desk).For("science")));

        await writer.SetAsync("games", null, null, "mira", Stop);
        Assert.Equal(0.6, InForce(desk).For("games"));

        await writer.SetAsync(null, 0, null, "mira", Stop);
        Assert.Equal(0, InForce(desk).For("games"));
    }

    [Fact]
    public async Task Every_version_is_kept_with_who_set_it_when_and_why()
    {
        var time = new FakeTimeProvider(Noon);
        await using var desk = await TestDesk.CreateAsync(time: time);
        var writer = desk.Get<ThresholdWriter>();

        var first = await writer.SetAsync("games", 0.8, "  too strict ", "mira", Stop);
        time.Advance(TimeSpan.FromMinutes(1));
        var second = await writer.SetAsync("games", null, " ", "bert", Stop);

        Assert.Equal(new ThresholdVersion(first.Id, "games", 0.8, Noon, "mira", "too strict"), first);
        Assert.Equal(new ThresholdVersion(second.Id, "games", null, Noon.AddMinutes(1), "bert", null), second);
        Assert.Equal([second, first], await desk.Get<ThresholdReader>().ListAsync(10, Stop));
    }

    [Fact]
    public async Task What_was_set_is_in_force_again_after_a_restart_whatever_the_setting_says()
    {
        using var folder = new TemporaryFolder();
        await using (var desk = await TestDesk.CreateAsync(folder.Path))
        {
            var writer = desk.Get<ThresholdWriter>();
            await writer.SetAsync(null, 0.6, null, "mira", Stop);
            await writer.SetAsync("games", 0.7, null, "mira", Stop);
            await writer.SetAsync("games", 0.8, null, "mira", Stop);
            await writer.SetAsync("science", 0.9, null, "mira", Stop);
            await writer.SetAsync("science", null, null, "mira", Stop);
        }

        await using var again = await TestDesk.CreateAsync(folder.Path, settings: ("Moderation:Threshold:Default", "0.1"));
        Assert.Equal((0.6, 0.8, 0.6), (InForce(again).SiteDefault, InForce(again).For("games"), InForce(again).For("science")));
    }

    [Fact]
    public async Task The_next_batch_is_flagged_by_the_new_threshold_and_keeps_it_on_record()
    {
        await using var desk = await TestDesk.CreateAsync();
        desk.UseAnyModel();
        var writer = desk.Get<ThresholdWriter>();

        await desk.RunFlowAsync(async flow =>
        {
            await await flow.EnterAsync(new CommentBatch(Forum, [new IncomingComment { ExternalId = "a", Body = "x", Community = "games" }]), Stop);
            await writer.SetAsync("games", 0.99, null, "mira", Stop);
            await await flow.EnterAsync(new CommentBatch(Forum, [new IncomingComment { ExternalId = "b", Body = "x", Community = "games" }]), Stop);
            return true;
        });

        Assert.Equal((0.5, CommentStatus.Pending), (desk.Row("a").Threshold, desk.Row("a").Status));
        Assert.Equal((0.99, CommentStatus.Unflagged), (desk.Row("b").Threshold, desk.Row("b").Status));
    }

    [Theory]
    [InlineData("games", -0.0001)]
    [InlineData("games", 1.0001)]
    [InlineData(null, double.NaN)]
    [InlineData(null, double.PositiveInfinity)]
    [InlineData(null, double.NegativeInfinity)]
    [InlineData(null, null)]
    public async Task A_value_out_of_range_is_refused_in_a_sentence_and_changes_nothing(string? community, double? value)
    {
        await using var desk = await TestDesk.CreateAsync();

        var e = await Assert.ThrowsAsync<ThresholdException>(() => desk.Get<ThresholdWriter>().SetAsync(community, value, null, "mira", Stop));

        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        Assert.Equal(0.5, InForce(desk).SiteDefault);
        Assert.Equal((0, 0), desk.Look(context => ValueTuple.Create(context.Thresholds.Count(), context.Communities.Count())));
    }

    [Fact]
    public async Task A_note_that_is_too_long_is_refused()
    {
        await using var desk = await TestDesk.CreateAsync();
        var writer = desk.Get<ThresholdWriter>();

        await Assert.ThrowsAsync<ThresholdException>(
            () => writer.SetAsync(null, 0.4, new string('x', ThresholdWriter.LongestNote + 1), "mira", Stop));
        await writer.SetAsync(null, 0.4, new string('x', ThresholdWriter.LongestNote), "mira", Stop);

        Assert.Equal(0.4, InForce(desk).SiteDefault);
    }

    [Fact]
    public async Task A_threshold_that_could_not_be_stored_is_not_in_force_and_the_writer_goes_on()
    {
        await using var desk = await TestDesk.CreateAsync();
        var writer = desk.Get<ThresholdWriter>();

        await Assert.ThrowsAnyAsync<Exception>(() => writer.SetAsync("games", 0.9, null, actor: null!, Stop));
        Assert.Equal(0.5, InForce(desk).For("games"));

        await writer.SetAsync("games", 0.9, null, "mira", Stop);
        Assert.Equal(0.9, InForce(desk).For("games"));
        Assert.Equal("games", desk.Look(context => context.Communities.Single().Name));
    }

    [Fact]
    public async Task Of_many_set_at_once_the_one_stored_last_is_in_force()
    {
        await using var desk = await TestDesk.CreateAsync();
        var writer = desk.Get<ThresholdWriter>();
        for (var round = 0; round < 20; round++)
        {
            var set = await Task.WhenAll(Enumerable.Range(1, 8).Select(n => Task.Run(() => writer.SetAsync(null, n / 10d, null, "mira", Stop), Stop)));
            Assert.Equal(set.MaxBy(version => version.Id)!.Value, InForce(desk).SiteDefault);
        }
    }

    [Fact]
    public async Task An_observer_that_throws_does_not_make_a_stored_threshold_look_refused()
    {
        var watching = new Observer(harm: false);
        await using var desk = await TestDesk.CreateAsync(configure: services => services
            .AddSingleton<IDeskObserver>(new Observer(harm: true)).AddSingleton<IDeskObserver>(watching));

        var set = await desk.Get<ThresholdWriter>().SetAsync("games", 0.9, null, "mira", Stop);

        Assert.Equal([set], watching.Told);
        Assert.Equal(0.9, InForce(desk).For("games"));
    }

    private static ThresholdTable InForce(TestDesk desk) => desk.Get<LiveThresholds>().Current;

    private sealed class Observer(bool harm) : IDeskObserver
    {
        public List<ThresholdVersion> Told { get; } = [];

        public Task DecidedAsync(CommentState comment, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task ThresholdChangedAsync(ThresholdVersion threshold, CancellationToken cancellationToken)
        {
            Told.Add(threshold);
            return harm ? throw new InvalidOperationException("broken") : Task.CompletedTask;
        }
    }
}
