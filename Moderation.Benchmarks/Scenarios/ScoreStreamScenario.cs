using System.Diagnostics;
using System.Text.Json;

using Microsoft.ML;

using Moderation.Benchmarks.Baselines;
using Moderation.Benchmarks.Children;
using Moderation.Benchmarks.Measuring;
using Moderation.Benchmarks.Texts;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>The command <c>score</c> as people run it: a process, a file of NDJSON in, NDJSON out.</summary>
internal sealed class ScoreStreamScenario : IScenario
{
    private const int Rounds = 3;
    private const int Part = 5;

    /// <summary>What the baseline gets; it would take minutes for all of it.</summary>
    private const long BaselineBytes = 4_000_000;

    public string Name => "score-stream";

    public string Description => "the command score over generated NDJSON: MB/s, and the same memory at any size";

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        var large = Path.Combine(session.Folder, "large.ndjson");
        var small = Path.Combine(session.Folder, "small.ndjson");
        session.Progress($"writing {session.Options.Gigabytes:0.###} GB of NDJSON");
        var largeBytes = CommentStream.Write(large, (long)(session.Options.Gigabytes * 1e9), stop);
        var smallBytes = CommentStream.Write(small, largeBytes / Part, stop);
        var lines = Lines(large);
        var model = session.ModelPath;
        using var engines = new ThreadLocal<PredictionEngine<TextInput, TextOutput>>(session.Baseline.Engine);
        session.Progress("streaming through the command score, and through Microsoft.ML in turn");
        var peaks = new List<double>();
        var rates = Comparison.Alternate(Rounds, Ours, () => Theirs(lines, engines), stop);
        var peak = Comparison.Median(peaks);
        var smallPeak = Comparison.Median(Enumerable.Range(0, Rounds).Select(_ => (double)Score(small).PeakBytes));
        File.Delete(large);
        File.Delete(small);
        yield return rates.ByWall(Name, "MB/s", "Microsoft.ML PredictionEngine for each core, over JSON lines in memory") with
        {
            Note = FormattableString.Invariant($"{largeBytes / 1e6:N0} MB, the start of the process included, both cores, by the clock on the wall; the baseline gets {BaselineBytes / 1e6:F0} MB; {rates.Rate:F1} MB a second of processor time, {rates.ProcessorRatio:F1}×"),
        };
        yield return new BenchResult
        {
            Name = Name + ".memory",
            Value = peak / 1e6,
            Unit = "MB",
            Baseline = FormattableString.Invariant($"the same over {smallBytes / 1e6:N0} MB"),
            BaselineValue = smallPeak / 1e6,
            Ratio = smallPeak / peak,
            Target = "no growth with the stream",
            Note = FormattableString.Invariant($"peak working set over {largeBytes / 1e6:N0} MB"),
        };

        ChildReport Score(string path) => session.Program.Command(["score", "--input", path, "--model", model], stop);

        Lap Ours()
        {
            var report = Score(large);
            peaks.Add(report.PeakBytes);
            return new Lap(largeBytes / 1e6, report.Seconds, report.Processor);
        }
    }

    private static List<string> Lines(string path)
    {
        var bytes = 0L;
        return [.. File.ReadLines(path).TakeWhile(line => (bytes += line.Length + 1) <= BaselineBytes)];
    }

    private static Lap Theirs(List<string> lines, ThreadLocal<PredictionEngine<TextInput, TextOutput>> engines)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var wall = Stopwatch.StartNew();
        var scored = lines.AsParallel().AsOrdered().Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            var output = engines.Value!.Predict(new TextInput { Text = json.RootElement.GetProperty("body").GetString()! });
            return JsonSerializer.SerializeToUtf8Bytes(
                new { id = json.RootElement.GetProperty("id").GetInt64(), probability = output.Probability, flagged = output.Probability > 0.5 });
        }).ToList();
        GC.KeepAlive(scored);
        return new Lap(
            lines.Sum(line => (double)line.Length + 1) / 1e6, wall.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }
}
