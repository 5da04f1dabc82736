using Moderation.Benchmarks.Baselines;
using Moderation.Benchmarks.Measuring;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>From raw text to probability on one core.</summary>
internal sealed class ScoreScenario : IScenario
{
    internal const int Rounds = 7;
    internal static readonly TimeSpan Round = TimeSpan.FromMilliseconds(400);

    private const double Target = 60;

    public string Name => "score";

    public string Description => "raw text to probability, one thread, beside Microsoft.ML's PredictionEngine";

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        var (texts, scorer) = (session.Texts, session.Model.Scorer);
        var engine = session.Baseline.Engine();
        var (input, output) = (new TextInput(), new TextOutput());
        session.Progress($"scoring {texts.Name}, ours and Microsoft.ML in turn");
        var rates = Comparison.AlternateWarm(
            Rounds, () => Lap.Of(Ours, texts.Bodies.Length, Round), () => Lap.Of(Theirs, texts.Bodies.Length, Round), stop);
        var result = rates.ByProcessor(Name, "texts/s", HashedNgrams.Name);
        yield return result with { Target = FormattableString.Invariant($"ratio {Target} or more"), Note = $"{texts.Name}; by processor time of the thread" };
        yield return result with
        {
            Name = Name + ".bytes",
            Unit = "MB/s",
            Value = rates.Rate * texts.MegabytesOfAText,
            BaselineValue = rates.BaselineRate * texts.MegabytesOfAText,
            Note = FormattableString.Invariant($"the same rounds; a text has {texts.MegabytesOfAText * 1e6:F0} bytes in UTF-8 at the mean"),
        };

        void Ours()
        {
            foreach (var body in texts.Bodies)
            {
                scorer.Score(body.AsSpan());
            }
        }

        void Theirs()
        {
            foreach (var body in texts.Bodies)
            {
                input.Text = body;
                engine.Predict(input, ref output);
            }
        }
    }
}
