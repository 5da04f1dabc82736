using System.CommandLine;
using System.Runtime.InteropServices;

using Microsoft.Data.Sqlite;

using Moderation.Data.DataDirectories;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Sources;
using Moderation.Web.Hosting;

namespace Moderation.Web.Commands;

/// <summary>The program's commands: parsing, exit codes, and errors as sentences.</summary>
internal static class DeskCommandLine
{
    private const int Failure = 1;
    private const int WrongUsage = 2;

    /// <returns>0 on success, 1 when the work failed, 2 for wrong usage.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            var (words, settings) = DeskConfiguration.Split(arguments);
            var parsed = Build(settings).Parse(words);
            if (parsed.Errors.Count > 0)
            {
                foreach (var error in parsed.Errors)
                {
                    CommandConsole.Error(error.Message);
                }

                CommandConsole.Note("Add --help to see what is allowed.");
                return WrongUsage;
            }

            using var stop = new CancellationTokenSource();
            using var interrupt = StopOn(PosixSignal.SIGINT, stop);
            using var terminate = StopOn(PosixSignal.SIGTERM, stop);
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
        }
        catch (Exception e) when (e is UsageException or ConfigurationException)
        {
            CommandConsole.Error(e.Message);
            return WrongUsage;
        }
        catch (Exception e) when (IsExplained(e))
        {
            CommandConsole.Error(e.Message);
            return Failure;
        }
        catch (SqliteException e)
        {
            CommandConsole.Error($"The database cannot be used: {Sentence(e.Message)}");
            return Failure;
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException)
        {
            CommandConsole.Error("The connection to the running server broke off. Run the command again when the server is back, or without one.");
            return Failure;
        }
        catch (IOException e)
        {
            CommandConsole.Error(Sentence(e.Message));
            return Failure;
        }
        catch (OperationCanceledException)
        {
            CommandConsole.Note("Stopped.");
            return Failure;
        }
    }

    private static RootCommand Build(string[] settings)
    {
        var serve = ServeCommand.Create(settings);
        var root = new RootCommand(
            "The moderation desk: comments come in, a model says which ones moderators would remove, people decide in the browser.\n"
            + "Settings are given as --Moderation:Key=Value, in the environment as Moderation__Key, or in appsettings.json.")
        {
            serve,
            TrainCommand.Create(settings),
            ModelCommand.Create(settings),
            ThresholdCommand.Create(settings),
            EvaluateCommand.Create(settings),
            ScoreCommand.Create(settings),
            IngestCommand.Create(settings),
            DeadLetterCommand.Create(settings),
            ExportCommand.Create(settings),
            BenchCommand.Create(),
        };
        foreach (var option in serve.Options)
        {
            root.Options.Add(option);
        }

        root.Action = serve.Action;
        return root;
    }

    /// <summary>Exceptions whose message is a sentence for the person who gave the command.</summary>
    private static bool IsExplained(Exception e) => e is CommandException or DataDirectoryException or SourceException
        or TrainingException or ModelFileException or ModelRegistryException or StoreUnavailableException or ThresholdException;

    private static string Sentence(string message) => message.TrimEnd('.') + ".";

    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            // The work ends by itself at its next safe place.
            context.Cancel = true;
            stop.Cancel();
        });
}
