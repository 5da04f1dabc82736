using Moderation.Pipeline.Models.Evaluation;
using Moderation.Pipeline.Models.Training;

namespace Moderation.Tests.Pipeline.Models.Evaluation;

public sealed class EvaluationSlicesTests
{
    [Fact]
    public void Rows_are_measured_by_their_length()
    {
        LabelledComment[] comments = [new(new string('a', 40), true), new(new string('a', 41), false), new("b", false), new(new string('a', 5_000), true)];

        var slices = EvaluationSlices.Of(comments, [new(0.9, true), new(0.8, false), new(0.1, false), new(0.2, true)], 0.5);

        Assert.Equal([("0–40", 2), ("41–80", 1), ("over 1,000", 1)], slices.Select(slice => (slice.Name, slice.Metrics.Rows)));
        Assert.All(slices, slice => Assert.Equal(EvaluationSlices.Length, slice.By));
        Assert.Equal((0.5, 1), (slices[0].RemovedShare, slices[0].Metrics.RocAuc));
        Assert.Equal(new ConfusionMatrix(Tp: 0, Fp: 1, Tn: 0, Fn: 0), slices[1].Metrics.Confusion);
    }

    [Fact]
    public void The_largest_communities_come_first_and_the_small_ones_together()
    {
        var comments = Enumerable.Range(1, 14).SelectMany(community => Enumerable.Repeat(new LabelledComment("a", false, $"c{community}"), community))
            .Append(new LabelledComment("a", false))
            .ToArray();

        var slices = EvaluationSlices.Of(comments, [.. comments.Select(_ => new ScoredLabel(0.1, false))], 0.5)
            .Where(slice => slice.By == EvaluationSlices.Community).ToList();

        Assert.Equal(EvaluationSlices.MostCommunities + 1, slices.Count);
        Assert.Equal(("c14", 14), (slices[0].Name, slices[0].Metrics.Rows));
        // c2, c1, and the row that names none.
        Assert.Equal(("3 others", 4), (slices[^1].Name, slices[^1].Metrics.Rows));
        Assert.Equal(comments.Length, slices.Sum(slice => slice.Metrics.Rows));
    }
}
