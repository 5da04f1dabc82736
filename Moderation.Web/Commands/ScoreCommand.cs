using System.CommandLine;

using Moderation.Pipeline.Sources.Files;

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
            await Task.Run(() => Score(path, options, selection, stop), CancellationToken.None);
        });
        return command;
    }

    private static void Score(string? path, CommentFileOptions options, ModelSelection selection, CancellationToken stop)
    {
        using var output = new BufferedStream(CommandConsole.OpenOutput(), 1 << 16);
        using var scored = new ScoredBlock(selection);
        var intake = new RecordIntake(MostRows, MostCharacters, stop);
        using var wake = stop.Register(intake.Wake);

        // Nobody waits for the reader: a pipe may be silent for ever.
        _ = Task.Factory.StartNew(
            () => intake.Fill(Records(path, options, intake.Waiting)),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        long unreadable = 0;
        while (intake.Take() is { } block)
        {
            scored.Score(block, stop);
            scored.WriteTo(output, stop);
            foreach (var record in block)
            {
                if (record.DeadLetter is { } letter)
                {
                    unreadable++;
                    CommandConsole.Note($"{letter.Place}: {letter.Reason}");
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

    private static IEnumerable<FileRecord> Records(string? path, CommentFileOptions options, Action waiting)
    {
        using var stream = path is null ? Console.OpenStandardInput() : CommentFile.Open(path);
        foreach (var record in CommentFile.Read(stream, path ?? "standard input", options, waiting))
        {
            yield return record;
        }
    }
}
