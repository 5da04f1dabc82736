using Moderation.Benchmarks.Baselines;
using Moderation.Benchmarks.Measuring;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>What a comment costs the garbage collector.</summary>
internal sealed class ScoreAllocationScenario : IScenario
{
    private const int Passes = 5;

    public string Name => "score-allocation";

    public string Description => "bytes allocated for each comment on a warm thread, beside Microsoft.ML's PredictionEngine";

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        var (texts, scorer) = (session.Texts, session.Model.Scorer);
        var engine = session.Baseline.Engine();
        var (input, output) = (new TextInput(), new TextOutput());
        session.Progress("counting bytes allocated");
        var ours = BytesOfAText(texts.Bodies, body => scorer.Score(body.AsSpan()));
        stop.ThrowIfCancellationRequested();
        var theirs = BytesOfAText(texts.Bodies, body =>
        {
            input.Text = body;
            engine.Predict(input, ref output);
        });
        yield return new BenchResult
        {
            Name = Name,
            Value = ours,
            Unit = "B/text",
            Baseline = HashedNgrams.Name,
            BaselineValue = theirs,
            Ratio = ours > 0 ? theirs / ours : null,
            Target = "0 B",
            Note = ours > 0 ? null : "nothing is allocated, so there is no ratio",
        };
    }

    private static double BytesOfAText(string[] bodies, Action<string> score)
    {
        Array.ForEach(bodies, score);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var pass = 0; pass < Passes; pass++)
        {
            Array.ForEach(bodies, score);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Passes * bodies.Length);
    }
}
