using Moderation.Data.DataDirectories;
using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;
using Moderation.Web.Control;
using Moderation.Web.Hosting;

namespace Moderation.Web.Commands;

/// <summary>The model and the site's threshold that a command works with.</summary>
internal sealed record ModelSelection(string Version, TrainedModel Model, double Threshold)
{
    public Scorer Scorer => Model.Scorer;

    /// <param name="named">A file, a version, or null for the live model, which is trained first if there is none.</param>
    public static async Task<ModelSelection> OpenAsync(string? named, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var directory = DeskConfiguration.DataDirectory(configuration);
        if (named is not null && File.Exists(named))
        {
            return new ModelSelection(Path.GetFileName(named), ModelFile.Read(named), await ThresholdAsync(configuration, directory, cancellationToken));
        }

        if (!directory.Exists && named is not null)
        {
            throw new CommandException($"There is no model file {named}, and the data directory {directory.Root} has no models.");
        }

        await EnsureModelAsync(configuration, directory, cancellationToken);
        await using var services = await DeskSession.OpenReaderAsync(configuration, directory, cancellationToken);
        var models = await services.GetRequiredService<IModelRegistry>().ListAsync(cancellationToken);
        var chosen = models.FirstOrDefault(model => named is null ? model.State == ModelState.Live : model.Version == named)
            ?? throw new CommandException(
                $"There is no model file or version '{named}'. Versions: {string.Join(", ", models.Select(model => model.Version))}.");
        return new ModelSelection(
            chosen.Version, ModelFile.Read(chosen.Path), await ThresholdAsync(configuration, directory, cancellationToken));
    }

    private static async Task EnsureModelAsync(IConfiguration configuration, DataDirectory directory, CancellationToken cancellationToken)
    {
        if (directory.Exists)
        {
            await using var services = await DeskSession.OpenReaderAsync(configuration, directory, cancellationToken);
            if (await services.GetRequiredService<IModelRegistry>().FindLiveAsync(cancellationToken) is { } live && !ModelFile.IsOlderFormat(live.Path))
            {
                return;
            }
        }

        await using var session = await DeskSession.OpenAsync(configuration, directory, cancellationToken);
        await CommandConsole.WithProgressAsync("Starter model", async report =>
        {
            await session.Desk.EnsureModelAsync(report, cancellationToken);
            return true;
        });
    }

    private static async Task<double> ThresholdAsync(IConfiguration configuration, DataDirectory directory, CancellationToken cancellationToken)
    {
        await using var services = await DeskSession.OpenReaderAsync(configuration, directory, cancellationToken);
        if (directory.Exists)
        {
            await services.GetRequiredService<Data.Writing.ThresholdWriter>().LoadAsync(cancellationToken);
        }

        return services.GetRequiredService<LiveThresholds>().Current.SiteDefault;
    }
}
