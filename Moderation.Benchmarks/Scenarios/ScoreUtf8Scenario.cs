using System.Text;

using Moderation.Benchmarks.Baselines;
using Moderation.Benchmarks.Measuring;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>From UTF-8 to probability on one core.</summary>
internal sealed class ScoreUtf8Scenario : IScenario
{
    private const double Target = 60;

    public string Name => "score-utf8";

    public string Description => "the same from UTF-8 bytes; the PredictionEngine has to decode them first";

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        var (texts, scorer) = (session.Texts, session.Model.Scorer);
        var engine = session.Baseline.Engine();
        var (input, output) = (new TextInput(), new TextOutput());
        session.Progress($"scoring {texts.Name} in UTF-8, ours and Microsoft.ML in turn");
        var rates = Comparison.AlternateWarm(
            ScoreScenario.Rounds,
            () => Lap.Of(Ours, texts.Bodies.Length, ScoreScenario.Round),
            () => Lap.Of(Theirs, texts.Bodies.Length, ScoreScenario.Round),
            stop);
        yield return rates.ByProcessor(Name, "texts/s", HashedNgrams.Name) with
        {
            Target = FormattableString.Invariant($"ratio {Target} or more"),
            Note = FormattableString.Invariant($"{rates.Rate * texts.MegabytesOfAText:F0} MB/s; by processor time of the thread"),
        };

        void Ours()
        {
            foreach (var body in texts.Utf8Bodies)
            {
                scorer.Score(body);
            }
        }

        void Theirs()
        {
            foreach (var body in texts.Utf8Bodies)
            {
                input.Text = Encoding.UTF8.GetString(body);
                engine.Predict(input, ref output);
            }
        }
    }
}
