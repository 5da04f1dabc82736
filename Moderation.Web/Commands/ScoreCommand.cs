using System.CommandLine;
using System.Text.Json;

using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Sources.Files;
using Moderation.Web.Control;

namespace Moderation.Web.Commands;

/// <summary><c>score</c>: lines in, lines with probabilities out, in the same order and in constant memory.</summary>
internal static class ScoreCommand
{
    /// <summary>Most rows that are scored side by side, and most that are read ahead.</summary>
    private const int MostRows = 1_024;

    /// <summary>Characters at which a block is full however few its rows, so that memory is bounded.</summary>
    private const int MostCharacters = 1_000_000;

    public static Command Create(string[] settings)
    {
        var input = new Option<string?>("--input") { Description = "A file of NDJSON or text lines, CSV or TSV; standard input when left out.", HelpName = "FILE" };
        var textColumn = CommonOptions.TextColumn();
        var model = CommonOptions.Model();
        var command = new Command("score", "Scores texts: one JSON line {id, probability, flagged, model} for each.") { input, textColumn, model };
        command.SetWork(settings, async (parsed, configuration, stop) =>
        {
            var path = parsed.GetValue(input);
            if (path is not null)
            {
                // Said before a model is looked for.
                CommentFile.Open(path).Dispose();
            }

            var selection = await ModelSelection.OpenAsync(parsed.GetValue(model), configuration, stop);
            var options = new CommentFileOptions { BodyColumn = parsed.GetValue(textColumn), TextLines = true };
            var records = path is null
                ? CommentFile.Read(Console.OpenStandardInput(), "standard input", options)
                : CommentFile.Read(path, options);
            await Task.Run(() => Score(records, selection, stop), CancellationToken.None);
        });
        return command;
    }

    private static void Score(IEnumerable<FileRecord> records, ModelSelection selection, CancellationToken stop)
    {
        using var output = new BufferedStream(CommandConsole.OpenOutput(), 1 << 16);
        var intake = new RecordIntake(MostRows, MostCharacters, stop);
        using var wake = stop.Register(intake.Wake);

        // Nobody waits for the reader: a pipe may be silent for ever.
        _ = Task.Factory.StartNew(() => intake.Fill(records), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        long unreadable = 0;
        while (intake.Take() is { } block)
        {
            var lines = block.AsParallel().AsOrdered().WithCancellation(stop)
                .Select(record => record.Row is { } row ? Line(row, selection) : null).ToArray();
            for (var i = 0; i < block.Count; i++)
            {
                // Only between lines: what is written is whole.
                stop.ThrowIfCancellationRequested();
                if (lines[i] is { } line)
                {
                    output.Write(line);
                }
                else
                {
                    unreadable++;
                    CommandConsole.Note($"{block[i].DeadLetter!.Place}: {block[i].DeadLetter!.Reason}");
                }
            }

            if (intake.IsEmpty)
            {
                // Whoever writes line by line waits for the answer.
                output.Flush();
            }
        }

        output.Flush();
        if (unreadable > 0)
        {
            throw new CommandException($"{unreadable:N0} rows could not be read and have no score; the others were scored.");
        }
    }

    private static byte[] Line(CommentRow row, ModelSelection selection)
    {
        var probability = selection.Scorer.Score(row.Body);
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new ScoreLine(row.Id, Math.Round(probability, 6), ThresholdTable.Flags(probability, selection.Threshold), selection.Version),
            ControlMessages.Json);
        return [.. json, (byte)'\n'];
    }

    private sealed record ScoreLine(string Id, double Probability, bool Flagged, string Model);
}
