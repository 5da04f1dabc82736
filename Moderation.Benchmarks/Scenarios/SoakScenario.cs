using Moderation.Benchmarks.Measuring;
using Moderation.Benchmarks.Stores;
using Moderation.Benchmarks.Texts;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>The server at a steady rate for minutes: memory, latency, and whether all that was sent is there.</summary>
internal sealed class SoakScenario : IScenario
{
    private const double Rate = 2_000;

    /// <summary>Until then caches fill and code is compiled; of a short run a fifth.</summary>
    private const double WarmSeconds = 60;

    private const int WarmPart = 5;

    public string Name => "soak";

    public string Description => "the server at 2,000 comments/s for --minutes: memory over time, latency, nothing lost (only when named)";

    public bool OnlyWhenNamed => true;

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        var length = TimeSpan.FromMinutes(session.Options.Minutes);
        var flow = session.Flow;
        var file = Path.Combine(session.Folder, "soak.ndjson");
        var rows = (int)(Rate * length.TotalSeconds);
        session.Progress($"writing {rows:N0} comments");
        flow.Feed(CommentIds.Growing).Write(file, rows, stop);
        var directory = flow.NewDirectory();
        session.Progress(FormattableString.Invariant($"serving a desk that reads them at {Rate:N0} a second, for {length.TotalMinutes:0.##} minutes"));
        var soak = Soak.RunAsync(session.Program, directory, file, Rate, length, [flow.ThresholdSetting], stop).GetAwaiter().GetResult();
        File.Delete(file);
        var stored = FlowBench.CountComments(FlowBench.Database(directory));
        Directory.Delete(directory, recursive: true);
        return [Speed(soak, rows), Latency(soak), .. Memory(soak), Lost(soak, rows, stored)];
    }

    private BenchResult Speed(Soak soak, int rows) => new()
    {
        Name = Name,
        Value = (rows + soak.Posted) / soak.Seconds,
        Unit = "comments/s",
        Baseline = "the rate asked for",
        BaselineValue = Rate,
        Ratio = (rows + soak.Posted) / soak.Seconds / Rate,
        Note = FormattableString.Invariant($"{rows:N0} from a file and {soak.Posted:N0} posted one by one, in {soak.Seconds:N0} s"),
    };

    private BenchResult Latency(Soak soak)
    {
        var warm = Warm(soak).Where(glance => glance.P99 is not null).ToList();
        return new BenchResult
        {
            Name = Name + ".p99",
            Value = warm.Count == 0 ? null : Comparison.Median(warm.Select(glance => glance.P99!.Value)),
            Unit = "ms",
            Target = "below 100 ms",
            Note = warm.Count == 0
                ? "nothing was committed while it was watched"
                : FormattableString.Invariant($"received to committed, by the desk's own histogram, at the median of {warm.Count:N0} glances; at worst {warm.Max(glance => glance.P99):0.#} ms; p50 {Comparison.Median(warm.Select(glance => glance.P50!.Value)):0.#} ms"),
        };
    }

    private IEnumerable<BenchResult> Memory(Soak soak)
    {
        var warm = Warm(soak);
        var (first, last) = (warm[0].WorkingSet / 1e6, warm[^1].WorkingSet / 1e6);
        yield return new BenchResult
        {
            Name = Name + ".memory",
            Value = last,
            Unit = "MB",
            Baseline = FormattableString.Invariant($"the same {warm[0].Seconds:0} s after the start"),
            BaselineValue = first,
            Ratio = first / last,
            Target = "flat",
            Note = FormattableString.Invariant($"working set at the end; at most {soak.Glances.Max(glance => glance.WorkingSet) / 1e6:0} MB"),
        };
        yield return new BenchResult
        {
            Name = Name + ".memory-growth",
            Value = TheilSen.Slope([.. warm.Select(glance => (glance.Seconds / 3600, glance.WorkingSet / 1e6))]),
            Unit = "MB/h",
            Target = "0",
            Note = FormattableString.Invariant($"the median slope between all pairs of {warm.Count:N0} glances (Theil–Sen), from {warm[0].Seconds:0} s to {warm[^1].Seconds:0} s"),
        };
    }

    private BenchResult Lost(Soak soak, int rows, long stored)
    {
        var sent = rows + soak.Posted;
        var counted = soak.Glances[^1].Committed;
        return new BenchResult
        {
            Name = Name + ".lost",
            Value = Math.Max(Math.Abs(sent - stored), Math.Abs(sent - counted)) + soak.Duplicates + soak.DeadLettered,
            Unit = "comments",
            Target = "0",
            Note = FormattableString.Invariant($"sent {sent:N0}, stored {stored:N0}, counted by the desk {counted:N0}, twice {soak.Duplicates:N0}, dead letters {soak.DeadLettered:N0}"),
        };
    }

    private static List<SoakGlance> Warm(Soak soak)
    {
        var from = Math.Min(WarmSeconds, soak.Seconds / WarmPart);
        return [.. soak.Glances.Where(glance => glance.Seconds >= from)];
    }
}
