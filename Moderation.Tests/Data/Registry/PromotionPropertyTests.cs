using CsCheck;

using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Registry;

public sealed class PromotionPropertyTests
{
    private const int Models = 3;

    private static readonly Gen<Step> _step = Gen.Int[0, 9].Select(
        n => n < 5 ? new Step($"v{(n % Models) + 1}") : new Step(null, Restart: n == 9));

    [Fact]
    public async Task Any_sequence_of_promotions_and_rollbacks_ends_as_a_simple_stack_does() =>
        await _step.Array[1, 25].SampleAsync(
            async steps =>
            {
                using var folder = new TemporaryFolder();
                var desk = await TestDesk.CreateAsync(folder.Path);
                try
                {
                    for (var n = 1; n <= Models; n++)
                    {
                        await desk.Get<IModelRegistry>().RegisterAsync(new TrainedModel(TestModels.WithBias(n), Card), Stop);
                    }

                    var model = new Expected();
                    foreach (var step in steps)
                    {
                        if (step.Restart)
                        {
                            await desk.DisposeAsync();
                            desk = await TestDesk.CreateAsync(folder.Path);
                        }
                        else
                        {
                            await ApplyAsync(desk.Get<IModelRegistry>(), model, step);
                        }
                    }

                    await CompareAsync(desk.Get<IModelRegistry>(), model);
                }
                finally
                {
                    await desk.DisposeAsync();
                }
            },
            iter: 30,
            threads: 2);

    private static async Task ApplyAsync(IModelRegistry registry, Expected model, Step step)
    {
        if (step.Version is { } version)
        {
            Assert.Equal(version, (await registry.PromoteAsync(version, "ann", Stop)).Version);
            model.Promote(version);
        }
        else if (model.Previous is { } previous)
        {
            Assert.Equal(previous, (await registry.RollBackAsync("ann", previous, Stop)).Version);
            model.RollBack();
        }
        else
        {
            await Assert.ThrowsAsync<ModelRegistryException>(() => registry.RollBackAsync("ann", null, Stop));
        }
    }

    private static async Task CompareAsync(IModelRegistry registry, Expected model)
    {
        Assert.Equal(model.Live, (await registry.FindLiveAsync(Stop))?.Version);
        Assert.Equal(model.Previous, await registry.FindPreviousAsync(Stop));
        Assert.Equal(model.Record.AsEnumerable().Reverse(), (await registry.HistoryAsync(100, Stop)).Select(row => (row.Version, row.Kind)));
        Assert.All(
            await registry.ListAsync(Stop),
            row => Assert.Equal(
                row.Version == model.Live ? ModelState.Live
                    : model.Record.Exists(promotion => promotion.Version == row.Version) ? ModelState.Retired : ModelState.Candidate,
                row.State));
    }

    /// <param name="Version">Null rolls back.</param>
    private sealed record Step(string? Version, bool Restart = false);

    /// <summary>What the registry should say, told as plainly as can be.</summary>
    private sealed class Expected
    {
        private readonly List<string> _stack = [];

        public List<(string Version, PromotionKind Kind)> Record { get; } = [];

        public string? Live => _stack.LastOrDefault();

        public string? Previous => _stack.Count > 1 ? _stack[^2] : null;

        public void Promote(string version)
        {
            if (version != Live)
            {
                _stack.Add(version);
                Record.Add((version, PromotionKind.Promote));
            }
        }

        public void RollBack()
        {
            _stack.RemoveAt(_stack.Count - 1);
            Record.Add((_stack[^1], PromotionKind.RollBack));
        }
    }
}
