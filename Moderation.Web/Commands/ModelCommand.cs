using System.CommandLine;
using System.Globalization;
using System.Text.Json;

using Moderation.Pipeline.Models.Registry;
using Moderation.Web.Control;
using Moderation.Web.Hosting;

namespace Moderation.Web.Commands;

/// <summary><c>model list|show|promote|rollback|rescore</c>.</summary>
internal static class ModelCommand
{
    public static Command Create(string[] settings)
    {
        var json = CommonOptions.Json();
        var list = new Command("list", "Lists the models; one of them is live.") { json };
        list.SetWork(settings, (parsed, configuration, stop) => ListAsync(configuration, parsed.GetValue(json), stop));

        var version = new Argument<string>("VERSION") { Description = "A version from the list, v2 for example." };
        var show = new Command("show", "Prints a version's card: what it was made from, and how right it is.") { version, json };
        show.SetWork(settings, (parsed, configuration, stop) =>
            ShowAsync(configuration, parsed.GetRequiredValue(version), parsed.GetValue(json), stop));

        var promote = new Command("promote", "Makes a version live; comments read from then on are scored by it.") { version };
        promote.SetWork(settings, async (parsed, configuration, stop) =>
        {
            await using var session = await DeskSession.OpenAsync(configuration, DeskConfiguration.DataDirectory(configuration), stop);
            var promoted = await session.Desk.PromoteModelAsync(parsed.GetRequiredValue(version), stop);
            CommandConsole.Result($"{promoted.Version} is live.");
        });

        var rollBack = new Command("rollback", "Makes the model live again that was live before.");
        rollBack.SetWork(settings, async (_, configuration, stop) =>
        {
            await using var session = await DeskSession.OpenAsync(configuration, DeskConfiguration.DataDirectory(configuration), stop);
            var back = await session.Desk.RollBackModelAsync(stop);
            CommandConsole.Result($"{back.Version} is live again.");
        });

        var rate = CommonOptions.Rate();
        var rescore = new Command(
            "rescore", "Scores the stored comments with a version, whichever is live. Run again, it goes on where it stopped.") { version, rate };
        rescore.SetWork(settings, (parsed, configuration, stop) => RescoreAsync(
            configuration, new RescoreOrder(parsed.GetRequiredValue(version), CommonOptions.ParseRate(parsed.GetRequiredValue(rate))), stop));

        return new Command("model", "The models of the data directory.") { list, show, promote, rollBack, rescore };
    }

    private static async Task ListAsync(IConfiguration configuration, bool json, CancellationToken stop)
    {
        var models = await ReadAsync(configuration, stop);
        if (json)
        {
            CommandConsole.Result(JsonSerializer.Serialize(models.Select(ModelSummary.From), ControlMessages.Json));
            return;
        }

        if (models.Count == 0)
        {
            CommandConsole.Result("No models yet. The first start trains one from the sample; train makes one from your own data.");
            return;
        }

        CommandConsole.Result($"{"version",-8} {"state",-10} {"ROC-AUC",-8} {"rows",10}  {"trained",-17} {"promoted",-32} from");
        foreach (var model in models)
        {
            CommandConsole.Result(string.Create(
                CultureInfo.InvariantCulture,
                $"{model.Version,-8} {ModelText.State(model),-10} {model.Card.Metrics?.RocAuc,-8:F3} {model.Card.TrainRows,10:N0}  {model.Card.TrainedAt,-17:yyyy-MM-dd HH:mm} {ModelText.Promoted(model),-32} {model.Card.TrainedOn}"));
        }
    }

    private static async Task ShowAsync(IConfiguration configuration, string version, bool json, CancellationToken stop)
    {
        var model = await FindAsync(configuration, version, stop);
        if (json)
        {
            CommandConsole.Result(JsonSerializer.Serialize(ModelSummary.From(model), ControlMessages.Json));
        }
        else
        {
            ModelText.Print(model);
        }
    }

    private static async Task RescoreAsync(IConfiguration configuration, RescoreOrder order, CancellationToken stop)
    {
        // A version that is not there is said before anything is set up.
        await FindAsync(configuration, order.Version, stop);
        await using var session = await DeskSession.OpenAsync(configuration, DeskConfiguration.DataDirectory(configuration), stop);
        var summary = await CommandConsole.WithProgressAsync(
            "Rescoring", report => session.RescoreAsync(order, sums => report(Describe(sums), 0), stop));
        CommandConsole.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Model}: {summary.Read:N0} comments read, {summary.Rescored:N0} rescored, {summary.Known:N0} known, in {summary.Seconds:F1} s."));
        if (summary.Read - summary.Rescored - summary.Known is > 0 and var failed)
        {
            CommandConsole.Note(string.Create(CultureInfo.InvariantCulture, $"{failed:N0} comments could not be scored with {summary.Model}."));
        }

        CommandConsole.Result(JsonSerializer.Serialize(summary, ControlMessages.Json));
    }

    private static string Describe(RescoreSummary sums) =>
        string.Create(CultureInfo.InvariantCulture, $"{sums.Read:N0} read, {sums.PerSecond:N0}/s");

    private static async Task<RegisteredModel> FindAsync(IConfiguration configuration, string version, CancellationToken stop)
    {
        var models = await ReadAsync(configuration, stop);
        return models.FirstOrDefault(model => model.Version == version) ?? throw new CommandException(
            models.Count == 0
                ? $"There is no model '{version}'; no model is registered yet."
                : $"There is no model '{version}'. There are: {string.Join(", ", models.Select(known => known.Version).Reverse())}.");
    }

    private static async Task<IReadOnlyList<RegisteredModel>> ReadAsync(IConfiguration configuration, CancellationToken stop)
    {
        var directory = DeskConfiguration.DataDirectory(configuration);
        if (!directory.Exists)
        {
            return [];
        }

        await using var services = await DeskSession.OpenReaderAsync(configuration, directory, stop);
        return await services.GetRequiredService<IModelRegistry>().ListAsync(stop);
    }
}
