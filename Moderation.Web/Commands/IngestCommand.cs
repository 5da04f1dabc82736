using System.CommandLine;
using System.Globalization;
using System.Text.Json;

using Moderation.Pipeline.Sources.Files;
using Moderation.Web.Control;
using Moderation.Web.Hosting;

namespace Moderation.Web.Commands;

/// <summary><c>ingest</c>: a file through the real pipeline into the database.</summary>
internal static class IngestCommand
{
    public static Command Create(string[] settings)
    {
        var input = new Option<string>("--input") { Description = "A CSV, TSV or NDJSON file.", HelpName = "FILE", Required = true };
        var source = new Option<string?>("--source") { Description = "Name of the source; the file's name when left out.", HelpName = "NAME" };
        var textColumn = CommonOptions.TextColumn();
        var rate = CommonOptions.Rate();
        var command = new Command("ingest", "Runs a file through the pipeline. Run again, it goes on where it stopped.") { input, source, textColumn, rate };
        command.SetWork(settings, async (parsed, configuration, stop) =>
        {
            var path = Path.GetFullPath(parsed.GetRequiredValue(input));
            var order = new IngestOrder(
                path, parsed.GetValue(source) ?? Path.GetFileName(path), parsed.GetValue(textColumn), CommonOptions.ParseRate(parsed.GetRequiredValue(rate)));

            // A file that cannot be read is said before anything is set up.
            foreach (var _ in CommentFile.Read(path, new CommentFileOptions { BodyColumn = order.TextColumn }).Take(1))
            {
            }

            await using var session = await DeskSession.OpenAsync(configuration, DeskConfiguration.DataDirectory(configuration), stop);
            var summary = await CommandConsole.WithProgressAsync("Ingesting", async report =>
            {
                await session.Desk.EnsureModelAsync(report, stop);
                return await session.IngestAsync(order, sums => report(Describe(sums), 0), stop);
            });
            CommandConsole.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"{order.Source}: {summary.Read:N0} read, {summary.Committed:N0} new or edited, {summary.Duplicates:N0} known, {summary.Flagged:N0} flagged, {summary.DeadLettered:N0} unreadable, in {summary.Seconds:F1} s."));
            if (summary.DeadLettered > 0)
            {
                CommandConsole.Note("The unreadable rows are kept with their reasons; the Pipeline page lists them.");
            }

            CommandConsole.Result(JsonSerializer.Serialize(summary, ControlMessages.Json));
        });
        return command;
    }

    private static string Describe(IngestSummary sums) =>
        string.Create(CultureInfo.InvariantCulture, $"{sums.Read:N0} read, {sums.PerSecond:N0}/s");
}
