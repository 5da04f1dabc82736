using System.CommandLine;
using System.Globalization;
using System.Text.Json;

using Moderation.Benchmarks;
using Moderation.Benchmarks.Crash;
using Moderation.Benchmarks.Measuring;
using Moderation.Benchmarks.Texts;
using Moderation.Web.Control;

namespace Moderation.Web.Commands;

/// <summary><c>bench</c>: the program's own benchmarks, each with its baseline measured in the same run.</summary>
internal static class BenchCommand
{
    private const int MostGigabytes = 100;
    private const int FewestRows = 1_000;
    private const int MostRows = 100_000_000;
    private const double ShortestMinutes = 0.05;
    private const int LongestMinutes = 1_440;

    public static Command Create()
    {
        var names = new Argument<string[]>("NAME")
        {
            Description = "What to measure; everything but soak, growth and crash when left out. --list tells the names.", Arity = ArgumentArity.ZeroOrMore,
        };
        var list = new Option<bool>("--list") { Description = "Say what can be measured, and measure nothing." };
        var data = new Option<string?>("--data")
        {
            Description = $"A folder with rscience/train.csv and rscience/dev.csv; also read from {BenchData.Variable}. The built-in sample when left out.",
            HelpName = "FOLDER",
        };
        var gigabytes = new Option<double>("--gigabytes")
        {
            Description = "Size of the larger stream of score-stream.", HelpName = "N", DefaultValueFactory = _ => BenchOptions.DefaultGigabytes,
        };
        gigabytes.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var size) && size is not (> 0 and <= MostGigabytes))
            {
                result.AddError($"--gigabytes takes a number above 0 and up to {MostGigabytes}.");
            }
        });
        var rows = new Option<int?>("--rows") { Description = "Comments of ingest, and of each series of growth.", HelpName = "N" };
        rows.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var count) && count is not (>= FewestRows and <= MostRows))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--rows takes a number from {FewestRows:N0} to {MostRows:N0}."));
            }
        });
        var minutes = new Option<double>("--minutes")
        {
            Description = "Length of soak.", HelpName = "N", DefaultValueFactory = _ => BenchOptions.DefaultMinutes,
        };
        minutes.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var length) && length is not (>= ShortestMinutes and <= LongestMinutes))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--minutes takes a number from {ShortestMinutes} to {LongestMinutes:N0}."));
            }
        });
        var plot = new Option<string?>("--plot") { Description = "Also draw the curves of growth to this SVG file.", HelpName = "FILE" };
        var keep = new Option<string?>("--keep") { Description = "Also write the results of starter to this file, as the program keeps them.", HelpName = "FILE" };
        var kills = new Option<int>("--kills") { Description = "How often crash kills the program.", HelpName = "N", DefaultValueFactory = _ => CrashOptions.DefaultKills };
        var seed = new Option<int>("--seed") { Description = "Another number kills at other moments.", HelpName = "N", DefaultValueFactory = _ => new CrashOptions().Seed };
        var json = CommonOptions.Json();
        var inside = new Option<string[]>(Bench.InsideOption) { Hidden = true, AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
        var command = new Command("bench", "Measures the program beside baselines, which run in turn with it.") { names, list, data, gigabytes, rows, minutes, plot, keep, kills, seed, json, inside };
        command.SetAction(async (parsed, stop) =>
        {
            if (parsed.GetValue(inside) is { Length: > 0 } work)
            {
                CommandConsole.Result(await Task.Run(() => Bench.RunInside(work, stop), stop));
                return 0;
            }

            if (parsed.GetValue(list))
            {
                BenchText.PrintList();
                return 0;
            }

            var chosen = parsed.GetValue(names)!;
            RequireKnown(chosen);
            var options = new BenchOptions
            {
                Data = Data(parsed.GetValue(data)),
                Gigabytes = parsed.GetValue(gigabytes),
                Rows = parsed.GetValue(rows),
                Minutes = parsed.GetValue(minutes),
                Plot = parsed.GetValue(plot),
                Keep = parsed.GetValue(keep),
                Crash = Crash(parsed.GetValue(kills), parsed.GetValue(seed)),
            };
            await Task.Run(() => Run(chosen, options, parsed.GetValue(json), stop), CancellationToken.None);
            return 0;
        });
        return command;
    }

    private static void Run(string[] names, BenchOptions options, bool json, CancellationToken stop)
    {
        if (!Bench.IsOptimized)
        {
            CommandConsole.Note("This is a build for debugging: build with -c Release for figures that mean something.");
        }

        var results = new List<BenchResult>();
        try
        {
            foreach (var result in Bench.Run(names, options, CommandConsole.Note, stop))
            {
                results.Add(result);
                if (!json)
                {
                    BenchText.Print(result, isFirst: results.Count == 1);
                }
            }
        }
        catch (BenchException e)
        {
            throw new CommandException(e.Message);
        }

        if (json)
        {
            CommandConsole.Result(JsonSerializer.Serialize(results, ControlMessages.Json));
        }
    }

    private static void RequireKnown(string[] names)
    {
        if (names.FirstOrDefault(name => !Bench.Scenarios.Any(scenario => scenario.Key == name)) is { } unknown)
        {
            throw new UsageException($"There is no benchmark '{unknown}'. There are: {string.Join(", ", Bench.Scenarios.Select(scenario => scenario.Key))}.");
        }
    }

    private static CrashOptions Crash(int kills, int seed) => kills is > 0 and <= CrashOptions.MostKills
        ? new CrashOptions { Kills = kills, Seed = seed }
        : throw new UsageException($"--kills takes a number from 1 to {CrashOptions.MostKills}.");

    private static BenchData? Data(string? named)
    {
        try
        {
            return BenchData.Find(named);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
