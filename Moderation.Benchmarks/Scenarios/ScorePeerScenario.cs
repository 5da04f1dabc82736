using Moderation.Benchmarks.Baselines;
using Moderation.Benchmarks.Measuring;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>One core beside scikit-learn on one core, which gets all texts as one batch.</summary>
internal sealed class ScorePeerScenario : IScenario
{
    private const int Rounds = 5;
    private const double Target = 300;
    private const string Unit = "texts/s";

    /// <summary>What cross-validation chooses on these texts; the speed is the same for any.</summary>
    private const string Strength = "1.0";

    public string Name => "score-peer";

    public string Description => "one thread beside scikit-learn's words and characters in one batch (needs --data)";

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        if (session.Options.Data is not { } data || session.Peers is not { } peers)
        {
            yield return new BenchResult
            {
                Name = Name, Value = null, Unit = Unit, Note = session.Options.Data is null ? QualityScenario.NeedsData : ScikitLearn.Missing,
            };
            yield break;
        }

        var (texts, scorer) = (session.Texts, session.Model.Scorer);
        session.Progress("fitting scikit-learn's words and characters");
        using var peer = peers.Open(ScikitLearn.WordChar, stop, "--train", data.Train, "--test", data.Dev, "--strength", Strength);
        session.Progress("scoring, ours and scikit-learn in turn");
        var rates = Comparison.AlternateWarm(
            Rounds, () => Lap.Of(Ours, texts.Bodies.Length, ScoreScenario.Round), () => peer.Batch(stop), stop);
        yield return rates.ByProcessor(Name, Unit, "scikit-learn, words 1–2 and characters 3–5, in one batch") with
        {
            Target = FormattableString.Invariant($"ratio {Target} or more"), Note = "by processor time, one thread each",
        };

        void Ours()
        {
            foreach (var body in texts.Bodies)
            {
                scorer.Score(body.AsSpan());
            }
        }
    }
}
