using Microsoft.Extensions.Time.Testing;

using Moderation.Pipeline.Models.Registry;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Registry;

public sealed class RollbackTests
{
    [Fact]
    public async Task Rolling_back_twice_goes_two_steps_back_even_when_the_clock_stands_still()
    {
        await using var desk = await TestDesk.CreateAsync(time: new FakeTimeProvider(Noon));
        var registry = desk.Get<IModelRegistry>();
        for (var n = 1; n <= 3; n++)
        {
            await registry.PromoteAsync((await desk.RegisterAsync(n)).Version, "ann", Stop);
        }

        Assert.Equal("v2", (await registry.RollBackAsync("ann", null, Stop)).Version);
        Assert.Equal(("v2", 2f), desk.LiveModel());
        Assert.Equal("v1", (await registry.RollBackAsync("ann", null, Stop)).Version);
        Assert.Equal([ModelState.Retired, ModelState.Retired, ModelState.Live], await desk.ModelStatesAsync());
        var e = await Assert.ThrowsAsync<ModelRegistryException>(() => registry.RollBackAsync("ann", null, Stop));
        Assert.Equal("There is no earlier model to roll back to.", e.Message);
        Assert.Equal(("v1", 1f), desk.LiveModel());
    }

    [Fact]
    public async Task Rolling_back_follows_the_order_of_the_promotions_even_when_the_clock_goes_back()
    {
        await using var desk = await TestDesk.CreateAsync(time: new BackwardsClock());
        var registry = desk.Get<IModelRegistry>();
        for (var n = 1; n <= 3; n++)
        {
            await desk.RegisterAsync(n);
        }

        await registry.PromoteAsync("v2", "ann", Stop);
        await registry.PromoteAsync("v1", "ann", Stop);
        await registry.PromoteAsync("v3", "ann", Stop);

        Assert.Equal("v1", (await registry.RollBackAsync("ann", null, Stop)).Version);
        Assert.Equal("v2", (await registry.RollBackAsync("ann", null, Stop)).Version);
    }

    [Fact]
    public async Task Rolling_back_goes_through_every_turn_that_a_model_had()
    {
        await using var desk = await TestDesk.CreateAsync();
        var registry = desk.Get<IModelRegistry>();
        await desk.RegisterAsync(1);
        await desk.RegisterAsync(2);
        foreach (var version in new[] { "v1", "v2", "v1" })
        {
            await registry.PromoteAsync(version, "ann", Stop);
        }

        Assert.Equal("v2", await registry.FindPreviousAsync(Stop));
        Assert.Equal("v2", (await registry.RollBackAsync("ann", null, Stop)).Version);
        Assert.Equal("v1", (await registry.RollBackAsync("ann", null, Stop)).Version);
        Assert.Equal(("v1", 1f), desk.LiveModel());
        Assert.Null(await registry.FindPreviousAsync(Stop));
        await Assert.ThrowsAsync<ModelRegistryException>(() => registry.RollBackAsync("ann", null, Stop));
    }

    [Fact]
    public async Task Every_promotion_and_rollback_stays_on_record_with_who_and_when()
    {
        var time = new FakeTimeProvider(Noon);
        await using var desk = await TestDesk.CreateAsync(time: time);
        var registry = desk.Get<IModelRegistry>();
        await desk.RegisterAsync(1);
        await desk.RegisterAsync(2);
        await registry.PromoteAsync("v1", "ann", Stop);
        time.Advance(TimeSpan.FromMinutes(1));
        await registry.PromoteAsync("v2", "bob", Stop);
        time.Advance(TimeSpan.FromMinutes(1));
        var back = await registry.RollBackAsync("eve", "v1", Stop);

        PromotionEvent[] expected =
        [
            new(3, "v1", PromotionKind.RollBack, Noon.AddMinutes(2), "eve"),
            new(2, "v2", PromotionKind.Promote, Noon.AddMinutes(1), "bob"),
            new(1, "v1", PromotionKind.Promote, Noon, "ann"),
        ];
        Assert.Equal(expected, await registry.HistoryAsync(10, Stop));
        Assert.Equal(expected[..2], await registry.HistoryAsync(2, Stop));
        Assert.Equal(expected[0], back.LastPromotion);
        Assert.Equal([expected[1], expected[0]], (await registry.ListAsync(Stop)).Select(model => model.LastPromotion));
        Assert.Equal(expected[0], (await registry.FindLiveAsync(Stop))!.LastPromotion);
    }

    [Fact]
    public async Task A_rollback_that_would_bring_back_another_model_than_expected_is_refused()
    {
        await using var desk = await TestDesk.CreateAsync();
        var registry = desk.Get<IModelRegistry>();
        for (var n = 1; n <= 3; n++)
        {
            await registry.PromoteAsync((await desk.RegisterAsync(n)).Version, "ann", Stop);
        }

        var e = await Assert.ThrowsAsync<ModelRegistryException>(() => registry.RollBackAsync("bob", "v1", Stop));

        Assert.Equal("Another model became live meanwhile: a rollback would bring v2 back now, not v1.", e.Message);
        Assert.Equal(("v3", 3f), desk.LiveModel());
    }

    [Fact]
    public async Task Without_any_model_there_is_nothing_to_roll_back_to()
    {
        await using var desk = await TestDesk.CreateAsync();

        await Assert.ThrowsAsync<ModelRegistryException>(() => desk.Get<IModelRegistry>().RollBackAsync("ann", null, Stop));
    }

    [Fact]
    public async Task Rolling_back_to_a_model_whose_file_is_gone_is_refused_and_the_live_one_stays()
    {
        await using var desk = await TestDesk.CreateAsync();
        var registry = desk.Get<IModelRegistry>();
        var first = await desk.RegisterAsync(1);
        await desk.RegisterAsync(2);
        await registry.PromoteAsync("v1", "ann", Stop);
        await registry.PromoteAsync("v2", "ann", Stop);
        File.Delete(first.Path);

        await Assert.ThrowsAsync<ModelRegistryException>(() => registry.RollBackAsync("ann", null, Stop));

        Assert.Equal([ModelState.Live, ModelState.Retired], await desk.ModelStatesAsync());
        Assert.Equal(("v2", 2f), desk.LiveModel());
    }

    private sealed class BackwardsClock : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow() => Noon.AddSeconds(-Interlocked.Increment(ref _asked));
    }
}
