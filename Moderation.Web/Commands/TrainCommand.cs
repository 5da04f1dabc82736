using System.CommandLine;
using System.Globalization;
using System.Text.Json;

using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Exploration;
using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Sources.Files;
using Moderation.Web.Control;
using Moderation.Web.Hosting;

namespace Moderation.Web.Commands;

/// <summary><c>train</c>: labelled files in, a model and its held-out metrics out.</summary>
internal static class TrainCommand
{
    public static Command Create(string[] settings)
    {
        var input = new Option<string[]>("--input")
        {
            Description = "Labelled CSV, TSV or NDJSON files.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
        };
        var test = new Option<string?>("--test") { Description = "A file to measure on; a fifth of the input is held out when left out.", HelpName = "FILE" };
        var textColumn = CommonOptions.TextColumn();
        var labelColumn = CommonOptions.LabelColumn();
        var recipe = new Option<string>("--recipe") { Description = "How the model is made.", DefaultValueFactory = _ => ModelTrainer.DefaultRecipe };
        recipe.AcceptOnlyFromAmong([.. ModelTrainer.RecipeNames]);
        var output = new Option<string?>("--out") { Description = "Write the model to this file instead of registering it.", HelpName = "FILE" };
        var promote = new Option<bool>("--promote") { Description = "Make the model live at once." };
        var json = CommonOptions.Json();
        var command = new Command("train", "Trains a model from labelled comments and prints how right it is on held-out ones.")
        {
            input, textColumn, labelColumn, test, recipe, output, promote, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(promote) && result.GetValue(output) is not null)
            {
                result.AddError("--promote and --out exclude each other: a model is promoted from the registry.");
            }
        });
        command.SetWork(settings, async (parsed, configuration, stop) =>
        {
            var inputs = parsed.GetRequiredValue(input);
            var (rows, testRows) = await ReadAsync(inputs, parsed.GetValue(test), parsed.GetValue(textColumn), parsed.GetValue(labelColumn), stop);
            var data = await Task.Run(() => DataSummary.Of(rows, stop), stop);
            // A person who sees wrong data can stop before the wait; a script gets results once all went well, or a sentence.
            var early = CommandConsole.IsWatched && !parsed.GetValue(json);
            if (early)
            {
                DataText.Print(data);
            }

            var trainedOn = string.Join(", ", inputs.Select(Path.GetFileName));
            var model = await TrainAsync(rows, testRows, trainedOn, parsed.GetRequiredValue(recipe), stop);
            stop.ThrowIfCancellationRequested();
            var (version, file) = await KeepAsync(model, parsed.GetValue(output), parsed.GetValue(promote), configuration, stop);
            if (!early && !parsed.GetValue(json))
            {
                DataText.Print(data);
            }

            Print(model.Card, data, version, file, parsed.GetValue(promote), parsed.GetValue(json));
        });
        return command;
    }

    private static Task<(List<LabelledComment> Rows, IReadOnlyList<LabelledComment>? TestRows)> ReadAsync(
        string[] inputs, string? test, string? textColumn, string? labelColumn, CancellationToken stop) =>
        CommandConsole.WithProgressAsync("Reading", async report =>
        {
            var rows = new List<LabelledComment>();
            foreach (var input in inputs)
            {
                report($"Reading {Path.GetFileName(input)}", 0);
                var file = await Task.Run(() => LabelledFile.Read(input, textColumn, labelColumn, stop), stop);
                NoteUnreadable(input, file);
                rows.AddRange(file.Rows);
            }

            if (test is null)
            {
                return (rows, (IReadOnlyList<LabelledComment>?)null);
            }

            var testRows = await Task.Run(() => LabelledFile.Read(test, textColumn, labelColumn, stop), stop);
            NoteUnreadable(test, testRows);
            return (rows, testRows.Rows);
        });

    private static Task<TrainedModel> TrainAsync(
        List<LabelledComment> rows, IReadOnlyList<LabelledComment>? testRows, string trainedOn, string recipe, CancellationToken stop) =>
        CommandConsole.WithProgressAsync("Training", report => Task.Run(
            () => new ModelTrainer(TimeProvider.System).Train(rows, testRows, trainedOn, step => report(step.Stage, step.Fraction), stop, recipe),
            stop));

    /// <summary>Says how many rows were not used, and which were the first.</summary>
    public static void NoteUnreadable(string path, LabelledFile file)
    {
        const int Shown = 5;
        if (file.Unreadable.Count == 0)
        {
            return;
        }

        CommandConsole.Note(string.Create(CultureInfo.InvariantCulture, $"{path}: {file.Unreadable.Count:N0} rows cannot be read and are left out:"));
        foreach (var letter in file.Unreadable.Take(Shown))
        {
            CommandConsole.Note($"  {letter.Place}: {letter.Reason}");
        }

        if (file.Unreadable.Count > Shown)
        {
            CommandConsole.Note("  …");
        }
    }

    private static async Task<(string? Version, string File)> KeepAsync(
        TrainedModel model, string? output, bool promote, IConfiguration configuration, CancellationToken stop)
    {
        if (output is not null)
        {
            try
            {
                ModelFile.Write(output, model);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CommandException($"The model cannot be written to {output}: {e.Message}");
            }

            return (null, Path.GetFullPath(output));
        }

        var directory = DeskConfiguration.DataDirectory(configuration);
        await using var session = await DeskSession.OpenAsync(configuration, directory, stop);
        var handover = Path.Combine(directory.ModelsPath, $".incoming-{Guid.NewGuid():N}.model");
        try
        {
            ModelFile.Write(handover, model);
            var registered = await session.Desk.RegisterModelAsync(handover, promote, stop);
            return (registered.Version, registered.File);
        }
        finally
        {
            File.Delete(handover);
        }
    }

    private static void Print(ModelCard card, DataSummary data, string? version, string file, bool promoted, bool json)
    {
        if (json)
        {
            CommandConsole.Result(JsonSerializer.Serialize(
                new
                {
                    version, file, recipe = card.Recipe, trainRows = card.TrainRows, testRows = card.TestRows,
                    droppedRows = card.DroppedRows, seconds = Math.Round(card.Seconds, 3), metrics = card.Metrics, data,
                },
                ControlMessages.Json));
            return;
        }

        CommandConsole.Result(string.Create(
            CultureInfo.InvariantCulture,
            $"Trained on {card.TrainRows:N0} texts ({100 * card.RemovedShare:F0}% removed) in {card.Seconds:F1} s with the recipe {card.Recipe}."));
        if (card.DroppedRows > 0)
        {
            CommandConsole.Result(string.Create(
                CultureInfo.InvariantCulture,
                $"Left out: {card.DuplicateRows:N0} duplicates, {card.SharedRows:N0} whose text is also measured on, {card.NoticeRows:N0} moderators' notices."));
        }

        if (card.Settings.Count > 0)
        {
            CommandConsole.Result($"Settings: {string.Join(", ", card.Settings.Select(setting => $"{setting.Key} {setting.Value}"))}.");
        }

        if (card.SuggestedThreshold is { } threshold)
        {
            CommandConsole.Result(string.Create(
                CultureInfo.InvariantCulture, $"Suggested threshold: {threshold:F2}, with the best F1 on the training texts, each scored by a model without it (threshold set {threshold:F2})."));
        }

        if (card.Metrics is { } metrics)
        {
            CommandConsole.Result(string.Create(CultureInfo.InvariantCulture, $"On {card.TestRows:N0} held-out texts:"));
            MetricsText.Print(metrics);
            if (metrics.Intervals.TryGetValue("rocAuc", out var range) && range.Low <= 0.5)
            {
                CommandConsole.Result("It tells removed from kept comments no better than chance would: are the text and label columns right, and are there enough rows?");
            }
        }

        CommandConsole.Result(version is null
            ? $"Written to {file}."
            : promoted ? $"Registered as {version} and live." : $"Registered as {version}, a candidate. Make it live with: model promote {version}");
    }
}
