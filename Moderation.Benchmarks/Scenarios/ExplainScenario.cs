using Moderation.Benchmarks.Baselines;
using Moderation.Benchmarks.Measuring;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>What a card needs to mark the words that pushed its score.</summary>
internal sealed class ExplainScenario : IScenario
{
    private const int Rounds = 5;

    /// <summary>Characters of a text that a card shows without folding it.</summary>
    private const int LongestOnACard = 600;

    private const int MostExplainedByTheBaseline = 200;

    public string Name => "explain";

    public string Description => "explanations of texts that fit a card, beside Microsoft.ML's feature contributions";

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        var scorer = session.Model.Scorer;
        var texts = session.Texts.Bodies.Where(body => body.Length <= LongestOnACard).ToArray();
        var few = texts.Take(MostExplainedByTheBaseline).ToArray();
        var engine = session.Baseline.ExplainingEngine();
        var (input, output) = (new TextInput(), new ExplainedOutput());
        session.Progress("explaining, ours and Microsoft.ML in turn");
        var rates = Comparison.AlternateWarm(
            Rounds, () => Lap.Of(Ours, texts.Length, ScoreScenario.Round), () => Lap.Of(Theirs, few.Length, ScoreScenario.Round), stop);
        yield return rates.ByProcessor(Name, "texts/s", "Microsoft.ML CalculateFeatureContribution over hashed n-grams") with
        {
            Note = "the baseline names hashed slots, not words of the text; by processor time of the thread",
        };

        void Ours()
        {
            foreach (var text in texts)
            {
                scorer.Explain(text);
            }
        }

        void Theirs()
        {
            foreach (var text in few)
            {
                input.Text = text;
                engine.Predict(input, ref output);
            }
        }
    }
}
