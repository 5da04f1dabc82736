using System.Globalization;

using Moderation.Benchmarks.Baselines;
using Moderation.Benchmarks.Measuring;
using Moderation.Benchmarks.Texts;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Evaluation;
using Moderation.Pipeline.Models.Talk;
using Moderation.Pipeline.Models.Training;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>How right the recipes are on real comments that they have not seen, beside the same ideas in scikit-learn.</summary>
internal sealed class QualityScenario : IScenario
{
    /// <summary>Said where there are no real comments.</summary>
    public const string NeedsData = "needs real comments: --data FOLDER";

    private const string WordCharPeer = "scikit-learn, words 1–2 and characters 3–5, C by cross-validation";
    private const string TalkPeer = "scikit-learn, TF-IDF of words 1–3";

    public string Name => "quality";

    public string Description => "ROC-AUC, log-loss and calibration on r/science, beside scikit-learn (needs --data)";

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        if (session.Options.Data is not { } data)
        {
            yield return new BenchResult { Name = Name, Value = null, Unit = "ROC-AUC", Note = NeedsData };
            yield break;
        }

        var rows = session.Texts.Measured;
        var ours = Scores(session.Model.Scorer, rows);
        var metrics = ModelEvaluator.Evaluate([.. ours.Select((score, i) => new ScoredLabel(score, rows[i].Removed))], 0.5);
        var peer = Peer(session, data, ScikitLearn.WordChar, stop);
        yield return Compared(Name, metrics.RocAuc, ours, peer?.Scores, rows, WordCharPeer) with { Target = "no worse than the peer" };
        yield return new BenchResult
        {
            Name = Name + ".log-loss",
            Value = metrics.LogLoss,
            Unit = "nats",
            Baseline = peer is null ? null : WordCharPeer,
            BaselineValue = peer?.Report.LogLoss,
            Ratio = peer?.Report.LogLoss / metrics.LogLoss,
            Note = peer is null ? ScikitLearn.Missing : null,
        };
        var ceiling = CalibrationNull.Ceiling(ours);
        yield return new BenchResult
        {
            Name = Name + ".ece",
            Value = metrics.Ece,
            Unit = "ECE",
            Baseline = "what a perfectly calibrated model shows by chance, 95th percentile",
            BaselineValue = ceiling,
            Ratio = ceiling / metrics.Ece,
            Target = "ratio 1 or more",
        };

        session.Progress("training the talk's recipe");
        var talk = Scores(new ModelTrainer(TimeProvider.System).Train(new TalkRecipe(), session.Texts.Training, rows, session.Texts.Name, null, stop).Scorer, rows);
        var talkMetrics = ModelEvaluator.Evaluate([.. talk.Select((score, i) => new ScoredLabel(score, rows[i].Removed))], 0.5);
        yield return Compared(
            Name + ".talk", talkMetrics.RocAuc, talk, Peer(session, data, ScikitLearn.Talk, stop)?.Scores, rows, TalkPeer);
    }

    private static (ScikitLearn.Report Report, double[] Scores)? Peer(BenchSession session, BenchData data, string script, CancellationToken stop)
    {
        if (session.Peers is not { } peers)
        {
            return null;
        }

        session.Progress($"training the scikit-learn peer {script}");
        return peers.Measure(script, data.Train, data.Dev, session.Folder, stop);
    }

    private static double[] Scores(Scorer scorer, IReadOnlyList<LabelledComment> rows) =>
        [.. rows.Select(row => scorer.Score(row.Body.AsSpan()))];

    private static BenchResult Compared(
        string name, double? rocAuc, double[] ours, double[]? theirs, IReadOnlyList<LabelledComment> rows, string baseline)
    {
        var result = new BenchResult { Name = name, Value = rocAuc, Unit = "ROC-AUC", Note = ScikitLearn.Missing };
        if (theirs is null)
        {
            return result;
        }

        if (theirs.Length != rows.Count)
        {
            throw new BenchException($"The scikit-learn peer scored {theirs.Length} rows of {rows.Count}.");
        }

        var paired = PairedComparison.Of([.. ours.Zip(theirs, (a, b) => (a, b)).Select((pair, i) => new PairedScore(pair.a, pair.b, rows[i].Removed))])
            ?? throw new BenchException("The rows to measure on have one label only.");
        return result with
        {
            Baseline = baseline,
            BaselineValue = paired.RocAucB,
            Ratio = paired.RocAucA / paired.RocAucB,
            Low = 1 + (paired.Interval.Low / paired.RocAucB),
            High = 1 + (paired.Interval.High / paired.RocAucB),
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"difference {paired.Difference:+0.0000;−0.0000} (paired bootstrap, 95%: {paired.Interval.Low:+0.0000;−0.0000} to {paired.Interval.High:+0.0000;−0.0000}); as good or better in {100 * paired.ShareAAtLeastB:F0}% of resamples"),
        };
    }
}
