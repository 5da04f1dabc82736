using Moderation.Benchmarks.Children;
using Moderation.Benchmarks.Measuring;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>How fast a fresh process is before the compiler has seen what is hot.</summary>
internal sealed class ScoreWarmUpScenario : IScenario
{
    private const int Processes = 5;

    public string Name => "score-warmup";

    public string Description => "the first 200 ms of scoring in a fresh process beside the same process once warm";

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        string[] data = session.Options.Data is { } folder ? [folder.Folder] : [];
        var model = session.ModelPath;
        var reports = new List<ChildReport>();
        for (var i = 0; i < Processes; i++)
        {
            session.Progress($"scoring in fresh process {i + 1} of {Processes}");
            reports.Add(session.Program.Work(ChildWork.WarmUp, [model, .. data], stop));
        }

        var ratios = reports.ConvertAll(report => report.Rate / report.SteadyRate);
        yield return new BenchResult
        {
            Name = Name,
            Value = Comparison.Median(reports.Select(report => report.Rate)),
            Unit = "texts/s",
            Baseline = "200 ms of the same process two seconds later",
            BaselineValue = Comparison.Median(reports.Select(report => report.SteadyRate)),
            Ratio = Comparison.Median(ratios),
            Low = ratios.Min(),
            High = ratios.Max(),
            Note = "by processor time of the thread, with the runtime's own settings for compiling",
        };
    }
}
