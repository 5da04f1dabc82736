using Microsoft.Extensions.Time.Testing;

using Moderation.Pipeline.Live;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Registry;

public sealed class ModelRegistryTests
{
    [Fact]
    public async Task A_registered_model_is_a_candidate_under_the_next_version_with_its_file_and_card()
    {
        var time = new FakeTimeProvider(Noon);
        await using var desk = await TestDesk.CreateAsync(time: time);
        var registry = desk.Get<IModelRegistry>();

        var first = await RegisterAsync(desk, 1);
        var second = await RegisterAsync(desk, 2);

        Assert.Equal((1, "v1", ModelState.Candidate, Noon, null), (first.Key, first.Version, first.State, first.RegisteredAt, first.LastPromotion));
        Assert.Equal("v2", second.Version);
        Assert.Equal(["v2", "v1"], (await registry.ListAsync(Stop)).Select(model => model.Version));
        Assert.Equal(2, ModelFile.Read(second.Path).Scorer.Bias);
        Assert.Equal("test", (await registry.ListAsync(Stop))[0].Card.Recipe);
        Assert.Null(await registry.FindLiveAsync(Stop));
        Assert.Null(desk.Get<LiveModel>().Current);
    }

    [Fact]
    public async Task Promoting_makes_a_model_live_for_the_next_batch_and_retires_the_one_before()
    {
        var time = new FakeTimeProvider(Noon);
        await using var desk = await TestDesk.CreateAsync(time: time);
        var registry = desk.Get<IModelRegistry>();
        await RegisterAsync(desk, 1);
        await RegisterAsync(desk, 2);

        await registry.PromoteAsync("v1", "ann", Stop);
        Assert.Equal(("v1", 1f), Live(desk));
        var promoted = await registry.PromoteAsync("v2", "ann", Stop);

        Assert.Equal(ModelState.Live, promoted.State);
        Assert.Equal(("v2", 2f), Live(desk));
        Assert.Equal([ModelState.Live, ModelState.Retired], await StatesAsync(desk));
        Assert.Equal("v2", (await registry.FindLiveAsync(Stop))!.Version);
    }

    [Fact]
    public async Task Promoting_the_live_model_again_changes_nothing()
    {
        await using var desk = await TestDesk.CreateAsync();
        var registry = desk.Get<IModelRegistry>();
        await RegisterAsync(desk, 1);

        await registry.PromoteAsync("v1", "ann", Stop);
        await registry.PromoteAsync("v1", "ann", Stop);

        Assert.Equal([ModelState.Live], await StatesAsync(desk));
        Assert.Single(await registry.HistoryAsync(10, Stop));
        await Assert.ThrowsAsync<ModelRegistryException>(() => registry.RollBackAsync("ann", null, Stop));
    }

    [Fact]
    public async Task Rolling_back_twice_goes_two_steps_back_even_when_the_clock_stands_still()
    {
        await using var desk = await TestDesk.CreateAsync(time: new FakeTimeProvider(Noon));
        var registry = desk.Get<IModelRegistry>();
        for (var n = 1; n <= 3; n++)
        {
            await registry.PromoteAsync((await RegisterAsync(desk, n)).Version, "ann", Stop);
        }

        Assert.Equal("v2", (await registry.RollBackAsync("ann", null, Stop)).Version);
        Assert.Equal(("v2", 2f), Live(desk));
        Assert.Equal("v1", (await registry.RollBackAsync("ann", null, Stop)).Version);
        Assert.Equal([ModelState.Retired, ModelState.Retired, ModelState.Live], await StatesAsync(desk));
        var e = await Assert.ThrowsAsync<ModelRegistryException>(() => registry.RollBackAsync("ann", null, Stop));
        Assert.Equal("There is no earlier model to roll back to.", e.Message);
        Assert.Equal(("v1", 1f), Live(desk));
    }

    [Fact]
    public async Task Rolling_back_follows_the_order_of_the_promotions_even_when_the_clock_goes_back()
    {
        await using var desk = await TestDesk.CreateAsync(time: new BackwardsClock());
        var registry = desk.Get<IModelRegistry>();
        for (var n = 1; n <= 3; n++)
        {
            await RegisterAsync(desk, n);
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
        await RegisterAsync(desk, 1);
        await RegisterAsync(desk, 2);
        foreach (var version in new[] { "v1", "v2", "v1" })
        {
            await registry.PromoteAsync(version, "ann", Stop);
        }

        Assert.Equal("v2", await registry.FindPreviousAsync(Stop));
        Assert.Equal("v2", (await registry.RollBackAsync("ann", null, Stop)).Version);
        Assert.Equal("v1", (await registry.RollBackAsync("ann", null, Stop)).Version);
        Assert.Equal(("v1", 1f), Live(desk));
        Assert.Null(await registry.FindPreviousAsync(Stop));
        await Assert.ThrowsAsync<ModelRegistryException>(() => registry.RollBackAsync("ann", null, Stop));
    }

    [Fact]
    public async Task Every_promotion_and_rollback_stays_on_record_with_who_and_when()
    {
        var time = new FakeTimeProvider(Noon);
        await using var desk = await TestDesk.CreateAsync(time: time);
        var registry = desk.Get<IModelRegistry>();
        await RegisterAsync(desk, 1);
        await RegisterAsync(desk, 2);
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
            await registry.PromoteAsync((await RegisterAsync(desk, n)).Version, "ann", Stop);
        }

        var e = await Assert.ThrowsAsync<ModelRegistryException>(() => registry.RollBackAsync("bob", "v1", Stop));

        Assert.Equal("Another model became live meanwhile: a rollback would bring v2 back now, not v1.", e.Message);
        Assert.Equal(("v3", 3f), Live(desk));
    }

    [Fact]
    public async Task Each_change_raises_the_revision_and_is_signalled()
    {
        await using var desk = await TestDesk.CreateAsync();
        var registry = desk.Get<IModelRegistry>();
        var before = registry.Revision;
        var signalled = new TaskCompletionSource();
        using var subscription = desk.Get<ChangeFeed>().Subscribe(() =>
        {
            signalled.TrySetResult();
            return Task.CompletedTask;
        });

        await RegisterAsync(desk, 1);
        await signalled.Task.Guarded();
        Assert.Equal(before + 1, registry.Revision);
        await registry.PromoteAsync("v1", "ann", Stop);
        Assert.Equal(before + 2, registry.Revision);
        await Assert.ThrowsAsync<ModelRegistryException>(() => registry.PromoteAsync("v9", "ann", Stop));
        Assert.Equal(before + 2, registry.Revision);
    }

    [Fact]
    public async Task Without_any_model_there_is_nothing_to_roll_back_to()
    {
        await using var desk = await TestDesk.CreateAsync();

        await Assert.ThrowsAsync<ModelRegistryException>(() => desk.Get<IModelRegistry>().RollBackAsync("ann", null, Stop));
    }

    [Fact]
    public async Task An_unknown_version_is_refused_with_the_versions_that_there_are()
    {
        await using var desk = await TestDesk.CreateAsync();
        await RegisterAsync(desk, 1);
        await RegisterAsync(desk, 2);

        var e = await Assert.ThrowsAsync<ModelRegistryException>(() => desk.Get<IModelRegistry>().PromoteAsync("v9", "ann", Stop));

        Assert.Equal("There is no model 'v9'. There are: v1, v2.", e.Message);
    }

    [Fact]
    public async Task An_unknown_version_on_a_desk_without_models_says_that_there_are_none()
    {
        await using var desk = await TestDesk.CreateAsync();

        var e = await Assert.ThrowsAsync<ModelRegistryException>(() => desk.Get<IModelRegistry>().PromoteAsync("v1", "ann", Stop));

        Assert.Equal("There is no model 'v1'; no model is registered yet.", e.Message);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("cut short")]
    [InlineData("altered")]
    public async Task A_model_whose_file_cannot_be_used_is_refused_and_the_live_one_stays(string damage)
    {
        await using var desk = await TestDesk.CreateAsync();
        var registry = desk.Get<IModelRegistry>();
        await RegisterAsync(desk, 1);
        var broken = await RegisterAsync(desk, 2);
        await registry.PromoteAsync("v1", "ann", Stop);
        Damage(broken.Path, damage);

        var e = await Assert.ThrowsAsync<ModelRegistryException>(() => registry.PromoteAsync("v2", "ann", Stop));

        Assert.Contains(broken.Path, e.Message, StringComparison.Ordinal);
        Assert.Equal([ModelState.Candidate, ModelState.Live], await StatesAsync(desk));
        Assert.Equal(("v1", 1f), Live(desk));
    }

    [Fact]
    public async Task Rolling_back_to_a_model_whose_file_is_gone_is_refused_and_the_live_one_stays()
    {
        await using var desk = await TestDesk.CreateAsync();
        var registry = desk.Get<IModelRegistry>();
        var first = await RegisterAsync(desk, 1);
        await RegisterAsync(desk, 2);
        await registry.PromoteAsync("v1", "ann", Stop);
        await registry.PromoteAsync("v2", "ann", Stop);
        File.Delete(first.Path);

        await Assert.ThrowsAsync<ModelRegistryException>(() => registry.RollBackAsync("ann", null, Stop));

        Assert.Equal([ModelState.Live, ModelState.Retired], await StatesAsync(desk));
        Assert.Equal(("v2", 2f), Live(desk));
    }

    [Fact]
    public async Task The_live_model_and_the_versions_go_on_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        await using (var desk = await TestDesk.CreateAsync(folder.Path))
        {
            await RegisterAsync(desk, 1);
            await desk.Get<IModelRegistry>().PromoteAsync("v1", "ann", Stop);
        }

        await using var again = await TestDesk.CreateAsync(folder.Path);
        Assert.False(await again.Get<StarterModel>().EnsureAsync(null, Stop));
        Assert.Equal(("v1", 1f), Live(again));
        Assert.Equal("v2", (await RegisterAsync(again, 2)).Version);
    }

    [Fact]
    public async Task Of_many_promotions_at_once_exactly_one_model_is_live_and_it_is_the_one_in_use()
    {
        await using var desk = await TestDesk.CreateAsync();
        var registry = desk.Get<IModelRegistry>();
        for (var n = 1; n <= 3; n++)
        {
            await RegisterAsync(desk, n);
        }

        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() => registry.PromoteAsync($"v{(n % 3) + 1}", "ann", Stop), Stop)));
            Assert.Equal((await registry.FindLiveAsync(Stop))!.Version, Live(desk).Version);
            Assert.Single(await StatesAsync(desk), state => state == ModelState.Live);
        }
    }

    private static Task<RegisteredModel> RegisterAsync(TestDesk desk, float bias) => desk.Get<IModelRegistry>().RegisterAsync(
        new TrainedModel(TestModels.WithBias(bias), Card), Stop);

    private static (string Version, double Bias) Live(TestDesk desk) =>
        desk.Get<LiveModel>().Current is { } model ? (model.Version, model.Scorer.Bias) : default;

    /// <summary>Newest version first.</summary>
    private static async Task<IEnumerable<ModelState>> StatesAsync(TestDesk desk) =>
        (await desk.Get<IModelRegistry>().ListAsync(Stop)).Select(model => model.State);

    private static void Damage(string path, string how)
    {
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        if (how == "cut short")
        {
            File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        }
        else if (how == "altered")
        {
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(path, bytes);
        }
    }

    private sealed class BackwardsClock : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow() => Noon.AddSeconds(-Interlocked.Increment(ref _asked));
    }
}
