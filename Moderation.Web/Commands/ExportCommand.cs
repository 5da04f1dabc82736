using System.CommandLine;
using System.Text;
using System.Text.Json;

using CsvHelper;

using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Web.Control;
using Moderation.Web.Hosting;

namespace Moderation.Web.Commands;

/// <summary><c>export</c>: rows out as CSV or NDJSON, in constant memory.</summary>
internal static class ExportCommand
{
    private const int PageSize = 1_000;

    public static Command Create(string[] settings)
    {
        var what = new Option<string>("--what") { Description = "What to export.", Required = true };
        what.AcceptOnlyFromAmong("comments", "decisions", "training");
        var format = new Option<string>("--format") { Description = "In which form.", DefaultValueFactory = _ => "ndjson" };
        format.AcceptOnlyFromAmong("csv", "ndjson");
        var output = new Option<string?>("--out") { Description = "A file; standard output when left out.", HelpName = "FILE" };
        var status = new Option<CommentStatus?>("--status") { Description = "Only comments with this status." };
        var command = new Command("export", "Streams comments, decisions or training rows out.") { what, format, output, status };
        command.Validators.Add(result =>
        {
            if (result.GetValue(status) is not null && result.GetValue(what) != "comments")
            {
                result.AddError("--status goes with --what comments.");
            }
        });
        command.SetWork(settings, async (parsed, configuration, stop) =>
        {
            var directory = DeskConfiguration.DataDirectory(configuration);
            if (!directory.Exists)
            {
                throw new CommandException($"There is nothing to export: {directory.Root} has no database.");
            }

            await using var services = await DeskSession.OpenReaderAsync(configuration, directory, stop);
            var pages = parsed.GetRequiredValue(what) switch
            {
                "comments" => Rows(services.GetRequiredService<HistoryReader>().ExportAsync(parsed.GetValue(status), PageSize, stop), CommentLine.From),
                "decisions" => Rows(services.GetRequiredService<DecisionReader>().ExportAsync(PageSize, stop), DecisionLine.From),
                _ => Rows(services.GetRequiredService<DecisionReader>().ExportTrainingAsync(PageSize, stop), TrainingLine.From),
            };
            await WriteAsync(pages, parsed.GetRequiredValue(format), parsed.GetValue(output), stop);
        });
        return command;
    }

    private static async IAsyncEnumerable<object> Rows<TItem, TLine>(
        IAsyncEnumerable<IReadOnlyList<TItem>> pages, Func<TItem, TLine> convert)
        where TLine : class
    {
        await foreach (var page in pages)
        {
            foreach (var row in page)
            {
                yield return convert(row);
            }
        }
    }

    private static async Task WriteAsync(IAsyncEnumerable<object> rows, string format, string? output, CancellationToken stop)
    {
        if (output is not null)
        {
            await OutputFile.WriteAsync(output, "The export", WriteRowsAsync);
            return;
        }

        await using var stream = new BufferedStream(CommandConsole.OpenOutput(), 1 << 16);
        await WriteRowsAsync(stream);

        Task WriteRowsAsync(Stream to) => format == "csv" ? WriteCsvAsync(rows, to, stop) : WriteNdjsonAsync(rows, to, stop);
    }

    private static async Task WriteNdjsonAsync(IAsyncEnumerable<object> rows, Stream stream, CancellationToken stop)
    {
        await foreach (var row in rows)
        {
            stop.ThrowIfCancellationRequested();
            await JsonSerializer.SerializeAsync(stream, row, row.GetType(), ControlMessages.Json, stop);
            stream.WriteByte((byte)'\n');
        }
    }

    private static async Task WriteCsvAsync(IAsyncEnumerable<object> rows, Stream stream, CancellationToken stop)
    {
        await using var csv = CsvWriter.Create(
            stream,
            // A spreadsheet must not run what a commenter wrote.
            new CsvWriterOptions { Injection = CsvInjection.Escape },
            leaveOpen: true);
        string[]? header = null;
        await foreach (var row in rows)
        {
            stop.ThrowIfCancellationRequested();
            var values = JsonSerializer.SerializeToElement(row, row.GetType(), ControlMessages.Json).EnumerateObject().ToList();
            if (header is null)
            {
                header = values.ConvertAll(value => value.Name).ToArray();
                foreach (var name in header)
                {
                    csv.WriteField(name);
                }

                csv.EndRecord();
            }

            foreach (var value in values)
            {
                if (value.Value.ValueKind == JsonValueKind.String)
                {
                    csv.WriteField(value.Value.GetString());
                }
                else if (value.Value.ValueKind == JsonValueKind.Null)
                {
                    csv.WriteField("");
                }
                else
                {
                    csv.WriteField(value.Value.GetRawText());
                }
            }

            csv.EndRecord();
        }
    }

    private sealed record CommentLine(
        string Source, string ExternalId, string Community, string? ThreadId, string? Author, string Body, DateTimeOffset CreatedAt,
        DateTimeOffset ReceivedAt, string Status, double Probability, bool Flagged, double Threshold, string ModelVersion, int Version)
    {
        public static CommentLine From(CommentItem item) => new(
            item.Source, item.ExternalId, item.Community, item.ThreadId, item.Author, item.Body, item.CreatedAt.ToUniversalTime(),
            item.ReceivedAt, item.Status.ToString(), item.Probability, item.Flagged, item.Threshold, item.ModelVersion, item.Version);
    }

    private sealed record DecisionLine(
        long Id, string Source, string ExternalId, string Community, int TextVersion, string Action, string? Reason, string? Note,
        string Actor, DateTimeOffset At, long? Undoes)
    {
        public static DecisionLine From(DecisionItem item) => new(
            item.Id, item.Source, item.ExternalId, item.Community, item.TextVersion, item.Action.ToString().ToLowerInvariant(), item.Reason,
            item.Note, item.Actor, item.At, item.UndoesId);
    }

    private sealed record TrainingLine(string Source, string ExternalId, string Community, string Body, int Removed)
    {
        public static TrainingLine From(TrainingItem item) => new(
            item.Source, item.ExternalId, item.Community, item.Body, item.Removed ? 1 : 0);
    }
}
