using System.Diagnostics;
using System.Reflection;

using Moderation.Benchmarks.Children;
using Moderation.Benchmarks.Measuring;
using Moderation.Benchmarks.Scenarios;
using Moderation.Pipeline.Models;

namespace Moderation.Benchmarks;

/// <summary>The scenarios behind the command <c>bench</c>.</summary>
public static class Bench
{
    private static readonly IScenario[] _scenarios =
    [
        new ScoreScenario(), new ScoreUtf8Scenario(), new ScorePeerScenario(), new ScoreTwoCoresScenario(), new ScoreAllocationScenario(),
        new ScoreWarmUpScenario(), new ExplainScenario(), new QualityScenario(), new TrainScenario(), new ScoreStreamScenario(),
        new StarterScenario(), new IngestScenario(), new SoakScenario(), new GrowthScenario(),
        new CrashScenario(),
    ];

    /// <summary>Name and description of each scenario, in the order in which they run.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Scenarios { get; } =
        [.. _scenarios.Select(scenario => KeyValuePair.Create(scenario.Name, scenario.Description))];

    /// <summary>False for a build for debugging, whose figures say little.</summary>
    public static bool IsOptimized => typeof(Scorer).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    /// <summary>Runs scenarios one after another; each figure comes as soon as it is known.</summary>
    /// <param name="names">Of <see cref="Scenarios"/>; all but the longest when empty.</param>
    /// <param name="progress">Is told what is being done.</param>
    /// <exception cref="BenchException">Something could not be measured.</exception>
    public static IEnumerable<BenchResult> Run(
        IReadOnlyCollection<string> names, BenchOptions options, Action<string> progress, CancellationToken stop)
    {
        using var session = new BenchSession(options, progress, stop);
        foreach (var scenario in _scenarios.Where(scenario => names.Count == 0 ? !scenario.OnlyWhenNamed : names.Contains(scenario.Name)))
        {
            foreach (var result in scenario.Run(session, stop))
            {
                yield return result;
            }
        }
    }

    /// <summary>Does work for a parent that measures, and says how it went as one JSON document.</summary>
    public static string RunInside(IReadOnlyList<string> words, CancellationToken stop) => ChildWork.Run(words, stop);

    /// <summary>The option that <see cref="RunInside"/> belongs to.</summary>
    public static string InsideOption => ChildProgram.InsideOption;
}
