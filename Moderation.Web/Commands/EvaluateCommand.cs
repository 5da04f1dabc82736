using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;

using Moderation.Pipeline.Models.Evaluation;
using Moderation.Pipeline.Models.Exploration;
using Moderation.Pipeline.Sources.Files;
using Moderation.Web.Control;
using Moderation.Web.Reports;
using Moderation.Web.Reports.Sections;

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
        var report = new Option<string?>("--report") { Description = "Write a page with curves, slices and the data to this HTML file, too.", HelpName = "FILE" };
        var explore = new Option<bool>("--explore") { Description = "Look at the data only; needs no model." };
        var json = CommonOptions.Json();
        var command = new Command("evaluate", "Measures a model on labelled comments, and says what those are like.")
        {
            input, textColumn, labelColumn, model, report, explore, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(explore) && (result.GetValue(model) ?? result.GetValue(report)) is not null)
            {
                result.AddError("--explore looks at the data only; it goes with neither --model nor --report.");
            }
        });
        command.SetWork(settings, async (parsed, configuration, stop) =>
        {
            var path = parsed.GetRequiredValue(input);
            var file = await ReadAsync(path, parsed.GetValue(textColumn), parsed.GetValue(labelColumn), stop);
            if (parsed.GetValue(explore))
            {
                Print(await Task.Run(() => DataSummary.Of(file.Rows, stop), stop), parsed.GetValue(json));
                return;
            }

            var selection = await ModelSelection.OpenAsync(parsed.GetValue(model), configuration, stop);
            var measured = await Task.Run(() => Measure(selection, file, path, stop), stop);
            if (parsed.GetValue(report) is { } page)
            {
                await OutputFile.WriteAsync(
                    page, "The report", async stream => await stream.WriteAsync(Encoding.UTF8.GetBytes(ReportPage.Render(measured)), stop));
                CommandConsole.Note($"Report written to {Path.GetFullPath(page)}.");
            }

            Print(measured, parsed.GetValue(json));
        });
        return command;
    }

    private static async Task<LabelledFile> ReadAsync(string path, string? textColumn, string? labelColumn, CancellationToken stop)
    {
        var file = await Task.Run(() => LabelledFile.Read(path, textColumn, labelColumn, stop), stop);
        TrainCommand.NoteUnreadable(path, file);
        return file.Rows.Count == 0 ? throw new CommandException($"{path} has no labelled row.") : file;
    }

    private static EvaluationReport Measure(ModelSelection selection, LabelledFile file, string path, CancellationToken stop)
    {
        ScoredLabel[] scores =
        [
            .. file.Rows.AsParallel().AsOrdered().WithCancellation(stop).Select(row => new ScoredLabel(selection.Scorer.Score(row.Body), row.Removed)),
        ];
        return new EvaluationReport
        {
            Model = selection.Version,
            Card = selection.Model.Card,
            Data = Path.GetFileName(path),
            MeasuredAt = TimeProvider.System.GetUtcNow(),
            Metrics = ModelEvaluator.Evaluate(scores, selection.Threshold),
            Curves = EvaluationCurves.Of(scores),
            CalibrationCeiling = CalibrationNull.Ceiling(Array.ConvertAll(scores, score => score.Probability)),
            Slices = EvaluationSlices.Of(file.Rows, scores, selection.Threshold),
            Summary = DataSummary.Of(file.Rows, stop),
        };
    }

    private static void Print(DataSummary data, bool json)
    {
        if (json)
        {
            CommandConsole.Result(JsonSerializer.Serialize(new { rows = data.Rows, data }, ControlMessages.Json));
            return;
        }

        DataText.Print(data);
    }

    private static void Print(EvaluationReport measured, bool json)
    {
        if (json)
        {
            // The figures' keys stand at the top, where scripts look for them; the rest is added beside them.
            var document = JsonSerializer.SerializeToNode(measured.Metrics, ControlMessages.Json)!.AsObject();
            document.Add("calibrationCeiling", measured.CalibrationCeiling);
            document.Add("slices", JsonSerializer.SerializeToNode(measured.Slices, ControlMessages.Json));
            document.Add("data", JsonSerializer.SerializeToNode(measured.Summary, ControlMessages.Json));
            CommandConsole.Result(document.ToJsonString(ControlMessages.Json));
            return;
        }

        DataText.Print(measured.Summary);
        CommandConsole.Result(string.Create(CultureInfo.InvariantCulture, $"Model {measured.Model} on {measured.Metrics.Rows:N0} rows of {measured.Data}:"));
        MetricsText.Print(measured.Metrics);
        CommandConsole.Result($"  {CalibrationSentence.Of(measured.Metrics, measured.CalibrationCeiling)}");
    }
}
