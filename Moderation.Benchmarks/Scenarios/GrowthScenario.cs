using Moderation.Benchmarks.Measuring;
using Moderation.Benchmarks.Plots;
using Moderation.Benchmarks.Stores;
using Moderation.Benchmarks.Texts;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>What a comment costs as the database grows, for ids that grow and for random ones.</summary>
internal sealed class GrowthScenario : IScenario
{
    private const int DefaultRows = 1_000_000;

    public string Name => "growth";

    public string Description => "comments/s as the database grows to --rows, for ids that grow and for random ones (only when named)";

    public bool OnlyWhenNamed => true;

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        var most = session.Options.Rows ?? DefaultRows;
        RequireSpace(session, most);
        var curves = new List<GrowthCurve>();
        foreach (var ids in new[] { CommentIds.Growing, CommentIds.Random })
        {
            session.Progress($"filling a database with {most:N0} comments, {Growth.Name(ids)}");
            var curve = new GrowthCurve(Growth.Name(ids), Growth.Run(session, ids, most, stop));
            curves.Add(curve);
            foreach (var result in Results(ids == CommentIds.Growing ? Name : Name + ".random", curve))
            {
                yield return result;
            }
        }

        if (session.Options.Plot is { } plot)
        {
            GrowthPlot.Write(plot, curves);
        }
    }

    /// <summary>For each size the median of its chunks, beside the smallest size.</summary>
    private static IEnumerable<BenchResult> Results(string name, GrowthCurve curve)
    {
        var first = curve.Medians[0];
        foreach (var point in curve.Medians.Reverse())
        {
            yield return new BenchResult
            {
                Name = point == curve.Medians[^1] ? name : FormattableString.Invariant($"{name}.{point.Rows}"),
                Value = point.PerSecond,
                Unit = "comments/s",
                Baseline = FormattableString.Invariant($"at {first.Rows:N0} comments"),
                BaselineValue = first.PerSecond,
                Ratio = point.PerSecond / first.PerSecond,
                Target = point == curve.Medians[^1] && name == "growth" ? "the same at every size" : null,
                Note = FormattableString.Invariant($"{curve.Name}, behind {point.Rows:N0} comments; {point.Processor:0.0} µs of processor time each, {first.Processor:0.0} at the start"),
            };
        }
    }

    /// <exception cref="BenchException">The disk would not hold it.</exception>
    private static void RequireSpace(BenchSession session, int rows)
    {
        const long BytesOfAComment = 1_000;
        const long BytesOfFiles = 1_000_000_000;
        var needed = (rows * BytesOfAComment) + Math.Min(BytesOfFiles, rows * BytesOfAComment);
        var free = new DriveInfo(session.Folder).AvailableFreeSpace;
        if (free < needed)
        {
            throw new BenchException(FormattableString.Invariant(
                $"growth needs {needed / 1e9:0.#} GB for {rows:N0} comments, and {session.Folder} has {free / 1e9:0.#} GB. Take fewer --rows, or set TMPDIR to a larger disk."));
        }
    }
}
