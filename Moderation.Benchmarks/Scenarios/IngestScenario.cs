using Moderation.Benchmarks.Children;
using Moderation.Benchmarks.Measuring;
using Moderation.Benchmarks.Stores;
using Moderation.Benchmarks.Texts;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>The command <c>ingest</c>: from a file to the commit, beside bare inserts of the rows that come of it.</summary>
internal sealed class IngestScenario : IScenario
{
    private const int Rounds = 3;
    private const int DefaultRows = 400_000;

    /// <summary>Of the database; what takes less is not told apart.</summary>
    private const double LeastShare = 0.001;

    public string Name => "ingest";

    public string Description => "from file to commit: comments/s, beside prepared commands that insert the same rows; bytes a comment";

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        var flow = session.Flow;
        var rows = session.Options.Rows ?? DefaultRows;
        var file = Path.Combine(session.Folder, "ingest.ndjson");
        session.Progress($"writing {rows:N0} comments");
        var fileBytes = flow.Feed(CommentIds.Growing).Write(file, rows, stop);
        session.Progress("running them through the flow, and inserting the same rows with bare statements in turn");
        var laps = new List<IngestLap>();
        var bare = new List<ChildReport>();
        var directory = "";
        var rates = Comparison.Alternate(Rounds, Ours, Bare, stop);
        File.Delete(file);
        var sizes = StoredSize.Of(FlowBench.Database(directory));
        Directory.Delete(directory, recursive: true);
        yield return rates.ByWall(Name, "comments/s", "prepared commands that insert the same rows, one connection") with
        {
            Target = "40,000/s on two free cores, at least 20,000/s; ratio 0.6 or more",
            Note = FormattableString.Invariant($"{rows:N0} comments, {laps[0].Flagged / (double)rows:P0} flagged; by the clock on the wall from the first line to the last commit"),
        };
        foreach (var result in Costs(laps, bare, rows))
        {
            yield return result;
        }

        foreach (var result in Sizes(sizes, fileBytes, rows))
        {
            yield return result;
        }

        Lap Ours()
        {
            if (directory.Length > 0)
            {
                Directory.Delete(directory, recursive: true);
            }

            directory = flow.NewDirectory();
            var lap = flow.Ingest(directory, file, stop);
            Require(lap.Committed, rows, "the flow committed");
            laps.Add(lap);
            return new Lap(rows, lap.Seconds, lap.Process.Processor);
        }

        Lap Bare()
        {
            var copy = Path.Combine(session.Folder, "bare.db");
            var report = session.Program.Work(ChildWork.BareInsert, [FlowBench.Database(directory), copy], stop);
            Require(FlowBench.CountComments(copy), rows, "the bare statements inserted");
            File.Delete(copy);
            bare.Add(report);
            return new Lap(rows, report.Seconds, report.Processor);
        }
    }

    private IEnumerable<BenchResult> Costs(List<IngestLap> laps, List<ChildReport> bare, int rows)
    {
        var own = Comparison.Median(laps.Select(lap => lap.PerSecond));
        var whole = Comparison.Median(laps.Select(lap => rows / lap.Process.Seconds));
        yield return new BenchResult
        {
            Name = Name + ".whole",
            Value = whole,
            Unit = "comments/s",
            Baseline = "without the start and the end of the process",
            BaselineValue = own,
            Ratio = whole / own,
        };
        var processor = Comparison.Median(laps.Select(lap => lap.Process.Processor)) * 1e6 / rows;
        var bareProcessor = Comparison.Median(bare.Select(report => report.Processor)) * 1e6 / rows;
        yield return new BenchResult
        {
            Name = Name + ".processor",
            Value = processor,
            Unit = "µs/comment",
            Baseline = "prepared commands that insert the same rows",
            BaselineValue = bareProcessor,
            Ratio = bareProcessor / processor,
            Note = FormattableString.Invariant($"processor time of all threads, the start of the process included: {processor * rows / 1e6:F1} s; the baseline's is its one thread's while it inserts"),
        };
        yield return new BenchResult
        {
            Name = Name + ".memory", Value = Comparison.Median(laps.Select(lap => (double)lap.Process.PeakBytes)) / 1e6, Unit = "MB", Note = "peak working set",
        };
    }

    private IEnumerable<BenchResult> Sizes(IReadOnlyList<StoredSize> sizes, long fileBytes, int rows)
    {
        var all = sizes.Sum(size => size.Bytes);
        yield return new BenchResult
        {
            Name = Name + ".bytes",
            Value = (double)all / rows,
            Unit = "B/comment",
            Baseline = "its line of NDJSON",
            BaselineValue = (double)fileBytes / rows,
            Ratio = (double)fileBytes / all,
            Note = FormattableString.Invariant($"{all / 1e6:N0} MB of pages; below, tables and indexes that take a thousandth or more"),
        };
        foreach (var size in sizes.Where(size => size.Bytes >= LeastShare * all))
        {
            yield return new BenchResult { Name = $"{Name}.bytes.{size.Name}", Value = (double)size.Bytes / rows, Unit = "B/comment" };
        }
    }

    private static void Require(long found, long wanted, string what)
    {
        if (found != wanted)
        {
            throw new BenchException(FormattableString.Invariant($"Of {wanted:N0} comments {what} {found:N0}."));
        }
    }
}
