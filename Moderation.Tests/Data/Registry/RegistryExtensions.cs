using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Registry;

/// <summary>Short ways to register models and to look at them.</summary>
internal static class RegistryExtensions
{
    public static Task<RegisteredModel> RegisterAsync(this TestDesk desk, float bias) =>
        desk.Get<IModelRegistry>().RegisterAsync(new TrainedModel(TestModels.WithBias(bias), Card), Stop);

    public static (string Version, double Bias) LiveModel(this TestDesk desk) =>
        desk.Get<LiveModel>().Current is { } model ? (model.Version, model.Scorer.Bias) : default;

    /// <summary>Newest version first.</summary>
    public static async Task<IEnumerable<ModelState>> ModelStatesAsync(this TestDesk desk) =>
        (await desk.Get<IModelRegistry>().ListAsync(Stop)).Select(model => model.State);
}
