using System.Text.Json;

using Moderation.Benchmarks.Measuring;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Evaluation;
using Moderation.Pipeline.Models.Starter;
using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Sources.Files;
using Moderation.Pipeline.Sources.Sample;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>The model that every desk starts with, on other people's comments, which it never saw.</summary>
internal sealed class StarterScenario : IScenario
{
    private const double Threshold = Pipeline.Flagging.ThresholdOptions.TalkThreshold;

    public string Name => "starter";

    public string Description => "the starter model on comments from elsewhere, beside one that learnt from the sample alone (needs --data)";

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        if (session.Options.Data is not { } data)
        {
            yield return new BenchResult { Name = Name, Value = null, Unit = "ROC-AUC", Note = "needs the real comments that --data names" };
            yield break;
        }

        session.Progress("training the starter model");
        var trainer = new ModelTrainer(TimeProvider.System);
        var starter = StarterModel.Train(trainer, null, stop);
        var baseline = trainer.Train(SampleCorpus.Shared.TrainingRows, SampleCorpus.Shared.HeldOutRows, "the sample", null, stop);
        var kept = new List<ElsewhereResult>();
        foreach (var (name, rows) in DataSets(data, stop))
        {
            var metrics = Measure(starter.Scorer, rows);
            var plain = Measure(baseline.Scorer, rows);
            kept.Add(new ElsewhereResult(name, DataFingerprint.Of(rows), rows.Count, metrics.RocAuc!.Value, metrics.Intervals["rocAuc"]));
            yield return new BenchResult
            {
                Name = $"{Name}.{name}",
                Value = metrics.RocAuc,
                Unit = "ROC-AUC",
                Baseline = "trained from the sample alone",
                BaselineValue = plain.RocAuc,
                Ratio = metrics.RocAuc / plain.RocAuc,
                Note = FormattableString.Invariant(
                    $"95%: {metrics.Intervals["rocAuc"].Low:F3} to {metrics.Intervals["rocAuc"].High:F3} on {rows.Count} comments; at 0.5 precision {metrics.Precision:F2}, recall {metrics.Recall:F2}"),
            };
        }

        if (session.Options.Keep is { } path)
        {
            File.WriteAllText(path, JsonSerializer.Serialize(new StarterElsewhere(starter.Card.DataFingerprint, kept), StarterElsewhere.Json) + "\n");
        }
    }

    private static IEnumerable<(string Name, IReadOnlyList<LabelledComment> Rows)> DataSets(Texts.BenchData data, CancellationToken stop)
    {
        yield return ("r/science", LabelledFile.Read(data.Dev, null, null, stop).Rows);
        if (data.UnseenVideos.Count > 0)
        {
            yield return ("YouTube spam", [.. data.UnseenVideos.SelectMany(file => LabelledFile.Read(file, "CONTENT", "CLASS", stop).Rows)]);
        }
    }

    private static EvaluationMetrics Measure(Scorer scorer, IReadOnlyList<LabelledComment> rows) =>
        ModelEvaluator.Evaluate([.. rows.Select(row => new ScoredLabel(scorer.Score(row.Body), row.Removed))], Threshold);
}
