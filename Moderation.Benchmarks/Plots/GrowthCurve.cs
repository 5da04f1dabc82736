using Moderation.Benchmarks.Measuring;
using Moderation.Benchmarks.Stores;

namespace Moderation.Benchmarks.Plots;

/// <summary>One way of numbering comments, and what they cost at each size of the database.</summary>
/// <param name="Points">In the order in which the database grew.</param>
internal sealed record GrowthCurve(string Name, IReadOnlyList<GrowthPoint> Points)
{
    /// <summary>One point for each size: the medians of its chunks, at the rows of the first.</summary>
    public IReadOnlyList<GrowthPoint> Medians { get; } =
    [
        .. Points.GroupBy(point => point.Size).Select(chunks => new GrowthPoint(
            chunks.Key, chunks.First().Rows, Comparison.Median(chunks.Select(point => point.PerSecond)), Comparison.Median(chunks.Select(point => point.Processor)))),
    ];
}
