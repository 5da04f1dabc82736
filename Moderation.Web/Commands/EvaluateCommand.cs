using System.CommandLine;
using System.Globalization;
using System.Text.Json;

using Moderation.Pipeline.Models.Evaluation;
using Moderation.Pipeline.Sources.Files;
using Moderation.Web.Control;

namespace Moderation.Web.Commands;

/// <summary><c>evaluate</c>: how right a model is on a labelled file.</summary>
internal static class EvaluateCommand
{
    public static Command Create(string[] settings)
    {
        var input = new Option<string>("--input") { Description = "A labelled CSV, TSV or NDJSON file.", HelpName = "FILE", Required = true };
        var textColumn = CommonOptions.TextColumn();
        var labelColumn = CommonOptions.LabelColumn();
        var model = CommonOptions.Model();
        var json = CommonOptions.Json();
        var command = new Command("evaluate", "Measures a model on labelled comments.") { input, textColumn, labelColumn, model, json };
        command.SetWork(settings, async (parsed, configuration, stop) =>
        {
            var path = parsed.GetRequiredValue(input);
            var file = await Task.Run(() => LabelledFile.Read(path, parsed.GetValue(textColumn), parsed.GetValue(labelColumn), stop), stop);
            TrainCommand.NoteUnreadable(path, file);
            if (file.Rows.Count == 0)
            {
                throw new CommandException($"{path} has no labelled row.");
            }

            var selection = await ModelSelection.OpenAsync(parsed.GetValue(model), configuration, stop);
            var metrics = await Task.Run(
                () => ModelEvaluator.Evaluate(
                    [.. file.Rows.AsParallel().AsOrdered().WithCancellation(stop).Select(row => new ScoredLabel(selection.Scorer.Score(row.Body), row.Removed))],
                    selection.Threshold),
                stop);
            if (parsed.GetValue(json))
            {
                CommandConsole.Result(JsonSerializer.Serialize(metrics, ControlMessages.Json));
                return;
            }

            CommandConsole.Result(string.Create(CultureInfo.InvariantCulture, $"Model {selection.Version} on {metrics.Rows:N0} rows of {Path.GetFileName(path)}:"));
            MetricsText.Print(metrics);
        });
        return command;
    }
}
