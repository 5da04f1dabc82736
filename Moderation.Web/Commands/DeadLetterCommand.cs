using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;

using Moderation.Data.Reading;
using Moderation.Pipeline.Flow.Replay;
using Moderation.Web.Control;
using Moderation.Web.Hosting;

namespace Moderation.Web.Commands;

/// <summary><c>deadletter list|replay|discard</c>.</summary>
internal static class DeadLetterCommand
{
    /// <summary>Letters that are listed.</summary>
    private const int Listed = 1_000;

    public static Command Create(string[] settings) => new(
        "deadletter", "Inputs that could not become comments: they are kept with their reasons, and can be tried again.")
    {
        List(settings), Replay(settings), Discard(settings),
    };

    private static Command List(string[] settings)
    {
        var source = Source("Those of one source; of all when left out.");
        var json = CommonOptions.Json();
        var list = new Command("list", "Lists those that wait, newest first.") { source, json };
        list.SetWork(settings, (parsed, configuration, stop) =>
            ListAsync(configuration, parsed.GetValue(source), parsed.GetValue(json), stop));
        return list;
    }

    private static Command Replay(string[] settings)
    {
        var ids = Ids(ArgumentArity.ZeroOrMore);
        var all = new Option<bool>("--all") { Description = "All that wait." };
        var source = Source("With --all: those of one source.");
        var replay = new Command("replay", "Tries dead letters again; what becomes a comment waits no more.") { ids, all, source };
        replay.SetWork(settings, async (parsed, configuration, stop) =>
        {
            var chosen = Parse(parsed.GetValue(ids));
            if (parsed.GetValue(all) != (chosen.Count == 0))
            {
                throw new UsageException("Which dead letters? Name their numbers, or say --all.");
            }

            if (parsed.GetValue(source) is not null && chosen.Count > 0)
            {
                throw new UsageException("--source goes with --all; dead letters that are named by number have their source.");
            }

            await using var session = await DeskSession.OpenAsync(configuration, DeskConfiguration.DataDirectory(configuration), stop);
            var run = await CommandConsole.WithProgressAsync("Trying again", async report =>
            {
                await session.Desk.EnsureModelAsync(report, stop);
                return await session.ReplayAsync(new ReplayOrder(chosen.Count == 0 ? null : chosen, parsed.GetValue(source)), stop);
            });
            Tell(run);
        });
        return replay;
    }

    private static Command Discard(string[] settings)
    {
        var ids = Ids(ArgumentArity.OneOrMore);
        var discard = new Command("discard", "Lets dead letters go: they are not listed and not tried any more.") { ids };
        discard.SetWork(settings, async (parsed, configuration, stop) =>
        {
            var chosen = Parse(parsed.GetValue(ids));
            await using var session = await DeskSession.OpenAsync(configuration, DeskConfiguration.DataDirectory(configuration), stop);
            var discarded = await session.Desk.DiscardAsync(chosen, stop);
            if (discarded > 0)
            {
                CommandConsole.Result(string.Create(CultureInfo.InvariantCulture, $"{discarded:N0} discarded."));
            }

            if (discarded < chosen.Count)
            {
                throw new CommandException($"{Some(chosen.Count - discarded)} not waiting; deadletter list shows which are.");
            }
        });
        return discard;
    }

    private static async Task ListAsync(IConfiguration configuration, string? source, bool json, CancellationToken stop)
    {
        var directory = DeskConfiguration.DataDirectory(configuration);
        var page = new DeadLetterPage([], null);
        if (directory.Exists)
        {
            await using var services = await DeskSession.OpenReaderAsync(configuration, directory, stop);
            page = await services.GetRequiredService<DeadLetterReader>().ListAsync(source, before: null, Listed, stop);
        }

        if (json)
        {
            CommandConsole.Result(JsonSerializer.Serialize(page.Items, ControlMessages.Json));
            return;
        }

        if (page.Items.Count == 0)
        {
            CommandConsole.Result(source is null ? "No dead letter waits." : $"No dead letter of source {Printable(source)} waits.");
        }

        foreach (var letter in page.Items)
        {
            var tries = letter.Attempts == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (tried again {letter.Attempts:N0} times)");
            CommandConsole.Result(Printable(string.Create(
                CultureInfo.InvariantCulture,
                $"{letter.Id,8}  {letter.At:yyyy-MM-dd HH:mm}  {letter.Source}, {letter.Place}: {letter.Reason}{tries}")));
        }

        if (page.Next is not null)
        {
            CommandConsole.Note(string.Create(CultureInfo.InvariantCulture, $"These are the newest {Listed:N0}; there are more."));
        }
    }

    private static void Tell(ReplayRun run)
    {
        if (run.Replayed > 0 || run.Failed + run.Gone == 0)
        {
            CommandConsole.Result(string.Create(CultureInfo.InvariantCulture, $"{run.Replayed:N0} replayed."));
        }

        foreach (var failure in run.Failures)
        {
            CommandConsole.Note(Printable(string.Create(CultureInfo.InvariantCulture, $"{failure.Id}: {failure.Reason}")));
        }

        if (run.Failed > 0)
        {
            throw new CommandException(run.Failed == 1
                ? "1 dead letter failed again and waits as before; the Pipeline page can mend it."
                : string.Create(CultureInfo.InvariantCulture, $"{run.Failed:N0} dead letters failed again and wait as before; the Pipeline page can mend them."));
        }

        if (run.Gone > 0)
        {
            throw new CommandException($"{Some(run.Gone)} not waiting; deadletter list shows which are.");
        }
    }

    private static string Some(long count) =>
        count == 1 ? "1 of the dead letters is" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} of the dead letters are");

    private static List<long> Parse(string[]? texts) => [.. (texts ?? []).Select(Parse).Distinct()];

    private static long Parse(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw new UsageException($"'{text}' is no dead letter's number; deadletter list shows them.");

    /// <summary>
    /// Names and reasons hold what strangers wrote: nothing of it steers a terminal, and nothing (an override of the writing
    /// direction, a character without width) makes a line read as another.
    /// </summary>
    internal static string Printable(string text) =>
        string.Concat(text.EnumerateRunes().Select(static rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format ? Rune.ReplacementChar : rune));

    private static Argument<string[]> Ids(ArgumentArity arity) =>
        new("ID") { Description = "Numbers from the list.", Arity = arity };

    private static Option<string?> Source(string description) => new("--source") { Description = description, HelpName = "NAME" };
}
