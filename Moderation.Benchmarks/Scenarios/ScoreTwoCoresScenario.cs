using System.Diagnostics;

using Moderation.Benchmarks.Measuring;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>What a second core adds. Each thread does work of its own, with the one model between them.</summary>
internal sealed class ScoreTwoCoresScenario : IScenario
{
    private const double Target = 1.7;

    public string Name => "score-two-cores";

    public string Description => "two threads with one model beside one thread";

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        if (Environment.ProcessorCount < 2)
        {
            yield return new BenchResult { Name = Name, Value = null, Unit = "texts/s", Note = "this machine has one core" };
            yield break;
        }

        var (texts, scorer) = (session.Texts, session.Model.Scorer);
        session.Progress("scoring on two threads and on one in turn");
        Lap.Of(Pass, texts.Bodies.Length, ScoreScenario.Round);
        var warm = Lap.Of(Pass, texts.Bodies.Length, ScoreScenario.Round);
        var passes = Math.Max(1, (int)(warm.Rate * ScoreScenario.Round.TotalSeconds / texts.Bodies.Length));
        var two = new List<Lap>();
        var one = new List<Lap>();
        var rates = Comparison.Alternate(
            ScoreScenario.Rounds, () => Measure(2, passes, Pass, texts.Bodies.Length, two), () => Measure(1, passes, Pass, texts.Bodies.Length, one), stop);

        // Whoever else uses the machine takes from the second core first: how much was left, and by the processor time
        // what the threads cost each other, say what the clock on the wall cannot.
        var cores = Comparison.Median(two.Select(lap => lap.Processor / lap.Wall));
        var shared = 2 * Comparison.Median(two.Zip(one, (a, b) => a.Rate / b.Rate));
        yield return rates.ByWall(Name, "texts/s", "one thread") with
        {
            Target = FormattableString.Invariant($"ratio {Target} or more"),
            Note = FormattableString.Invariant($"by the clock on the wall, so it needs both cores free: the two threads got {cores:F2}; by processor time {shared:F2}×"),
        };

        void Pass()
        {
            foreach (var body in texts.Bodies)
            {
                scorer.Score(body.AsSpan());
            }
        }
    }

    private static Lap Measure(int count, int passes, Action pass, int texts, List<Lap> laps)
    {
        using var start = new Barrier(count + 1);
        var processor = new double[count];
        var threads = Enumerable.Range(0, count).Select(number => new Thread(() =>
        {
            // Its buffers are its own and have to grow once.
            pass();
            start.SignalAndWait();
            var begun = ProcessorClock.Seconds;
            for (var i = 0; i < passes; i++)
            {
                pass();
            }

            processor[number] = ProcessorClock.Seconds - begun;
        })).ToList();
        threads.ForEach(thread => thread.Start());
        start.SignalAndWait();
        var wall = Stopwatch.StartNew();
        threads.ForEach(thread => thread.Join());
        var lap = new Lap((double)count * passes * texts, wall.Elapsed.TotalSeconds, processor.Sum());
        laps.Add(lap);
        return lap;
    }
}
