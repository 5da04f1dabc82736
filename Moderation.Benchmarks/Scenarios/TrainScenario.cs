using System.Globalization;

using Moderation.Benchmarks.Children;
using Moderation.Benchmarks.Measuring;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>Training on many generated comments: how long, and how much memory.</summary>
internal sealed class TrainScenario : IScenario
{
    /// <summary>Comments, all of them different.</summary>
    internal const int Rows = 200_000;

    /// <summary>Its share for what takes Microsoft.ML's own features minutes.</summary>
    private const int FewRows = 10_000;

    private const int Part = 10;
    private const int Rounds = 3;

    public string Name => "train";

    public string Description => "200,000 generated comments: a fit, the whole of train, memory; and Microsoft.ML's FeaturizeText on a share";

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        session.Progress($"fitting {Rows:N0} generated comments at fixed settings");
        var part = Work(ChildWork.Fit, Rows / Part);
        var fit = Work(ChildWork.Fit, Rows);
        yield return new BenchResult
        {
            Name = Name,
            Value = fit.Seconds,
            Unit = "s",
            Baseline = FormattableString.Invariant($"{Part} times what {Rows / Part:N0} of them take"),
            BaselineValue = Part * part.Seconds,
            Ratio = Part * part.Seconds / fit.Seconds,
            Target = "10 s, at most 30 s",
            Note = FormattableString.Invariant($"from raw texts to weights, fixed settings; {fit.Processor:F1} s of processor time"),
        };

        session.Progress($"the whole of train on {Rows:N0} generated comments");
        var whole = Work(ChildWork.Train, Rows);
        yield return new BenchResult
        {
            Name = Name + ".whole",
            Value = whole.Seconds,
            Unit = "s",
            Baseline = "the fit at fixed settings",
            BaselineValue = fit.Seconds,
            Ratio = fit.Seconds / whole.Seconds,
            Note = FormattableString.Invariant($"with cross-validation, calibration and the measuring of a held-out fifth; {whole.Processor:F1} s of processor time"),
        };

        var texts = Work(ChildWork.Texts, Rows);
        yield return Memory(".memory", fit, "a process that holds the same comments and trains nothing", texts);
        yield return Memory(".whole.memory", whole, "a process that holds the same comments and trains nothing", texts);

        session.Progress($"fitting {FewRows:N0} comments, ours and Microsoft.ML's FeaturizeText in turn");
        var seconds = Comparison.Alternate(Rounds, () => Lap(ChildWork.Fit), () => Lap(ChildWork.Featurize), stop);
        yield return seconds.ByProcessorSeconds(Name + ".featurize-text", "Microsoft.ML FeaturizeText (words 1–2, characters 1–4) and the same trainer") with
        {
            Note = FormattableString.Invariant($"both on {FewRows:N0} of the comments, each in a process of its own; by processor time of all threads"),
        };

        ChildReport Work(string work, int rows) => session.Program.Work(work, [rows.ToString(CultureInfo.InvariantCulture)], stop);

        Lap Lap(string work)
        {
            var report = Work(work, FewRows);
            return new Lap(1, report.Seconds, report.Processor);
        }
    }

    private BenchResult Memory(string figure, ChildReport report, string baseline, ChildReport idle) => new()
    {
        Name = Name + figure,
        Value = report.PeakBytes / 1e6,
        Unit = "MB",
        Baseline = baseline,
        BaselineValue = idle.PeakBytes / 1e6,
        Ratio = (double)idle.PeakBytes / report.PeakBytes,
        Note = "peak working set",
    };
}
