using Microsoft.Extensions.Time.Testing;

using Moderation.Pipeline.Live;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Models.Starter;
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

        var first = await desk.RegisterAsync(1);
        var second = await desk.RegisterAsync(2);

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
        await desk.RegisterAsync(1);
        await desk.RegisterAsync(2);

        await registry.PromoteAsync("v1", "ann", Stop);
        Assert.Equal(("v1", 1f), desk.LiveModel());
        var promoted = await registry.PromoteAsync("v2", "ann", Stop);

        Assert.Equal(ModelState.Live, promoted.State);
        Assert.Equal(("v2", 2f), desk.LiveModel());
        Assert.Equal([ModelState.Live, ModelState.Retired], await desk.ModelStatesAsync());
        Assert.Equal("v2", (await registry.FindLiveAsync(Stop))!.Version);
    }

    [Fact]
    public async Task Promoting_the_live_model_again_changes_nothing()
    {
        await using var desk = await TestDesk.CreateAsync();
        var registry = desk.Get<IModelRegistry>();
        await desk.RegisterAsync(1);

        await registry.PromoteAsync("v1", "ann", Stop);
        await registry.PromoteAsync("v1", "ann", Stop);

        Assert.Equal([ModelState.Live], await desk.ModelStatesAsync());
        Assert.Single(await registry.HistoryAsync(10, Stop));
        await Assert.ThrowsAsync<ModelRegistryException>(() => registry.RollBackAsync("ann", null, Stop));
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

        await desk.RegisterAsync(1);
        await signalled.Task.Guarded();
        Assert.Equal(before + 1, registry.Revision);
        await registry.PromoteAsync("v1", "ann", Stop);
        Assert.Equal(before + 2, registry.Revision);
        await Assert.ThrowsAsync<ModelRegistryException>(() => registry.PromoteAsync("v9", "ann", Stop));
        Assert.Equal(before + 2, registry.Revision);
    }

    [Fact]
    public async Task An_unknown_version_is_refused_with_the_versions_that_there_are()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.RegisterAsync(1);
        await desk.RegisterAsync(2);

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
        await desk.RegisterAsync(1);
        var broken = await desk.RegisterAsync(2);
        await registry.PromoteAsync("v1", "ann", Stop);
        Damage(broken.Path, damage);

        var e = await Assert.ThrowsAsync<ModelRegistryException>(() => registry.PromoteAsync("v2", "ann", Stop));

        Assert.Contains(broken.Path, e.Message, StringComparison.Ordinal);
        Assert.Equal([ModelState.Candidate, ModelState.Live], await desk.ModelStatesAsync());
        Assert.Equal(("v1", 1f), desk.LiveModel());
    }

    [Fact]
    public async Task The_live_model_and_the_versions_go_on_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        await using (var desk = await TestDesk.CreateAsync(folder.Path))
        {
            await desk.RegisterAsync(1);
            await desk.Get<IModelRegistry>().PromoteAsync("v1", "ann", Stop);
        }

        await using var again = await TestDesk.CreateAsync(folder.Path);
        Assert.False(await again.Get<StarterModel>().EnsureAsync(null, Stop));
        Assert.Equal(("v1", 1f), again.LiveModel());
        Assert.Equal("v2", (await again.RegisterAsync(2)).Version);
    }

    [Fact]
    public async Task A_live_model_that_an_older_program_wrote_gives_way_to_the_starter()
    {
        using var folder = new TemporaryFolder();
        string path;
        await using (var desk = await TestDesk.CreateAsync(folder.Path))
        {
            path = (await desk.RegisterAsync(1)).Path;
            await desk.Get<IModelRegistry>().PromoteAsync("v1", "ann", Stop);
        }

        var bytes = await File.ReadAllBytesAsync(path, Stop);
        bytes["MODDESK\n".Length] = 1;
        await File.WriteAllBytesAsync(path, bytes, Stop);

        await using var again = await TestDesk.CreateAsync(folder.Path);
        Assert.True(await again.Get<StarterModel>().EnsureAsync(null, Stop));
        Assert.Equal("v2", again.LiveModel().Version);
        Assert.Equal([ModelState.Live, ModelState.Retired], await again.ModelStatesAsync());
        Assert.Contains("format is 1", (await Assert.ThrowsAsync<ModelRegistryException>(
            () => again.Get<IModelRegistry>().RollBackAsync("ann", null, Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_promotions_at_once_exactly_one_model_is_live_and_it_is_the_one_in_use()
    {
        await using var desk = await TestDesk.CreateAsync();
        var registry = desk.Get<IModelRegistry>();
        for (var n = 1; n <= 3; n++)
        {
            await desk.RegisterAsync(n);
        }

        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() => registry.PromoteAsync($"v{(n % 3) + 1}", "ann", Stop), Stop)));
            Assert.Equal((await registry.FindLiveAsync(Stop))!.Version, desk.LiveModel().Version);
            Assert.Single(await desk.ModelStatesAsync(), state => state == ModelState.Live);
        }
    }

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
}
