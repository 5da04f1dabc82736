using Moderation.Benchmarks.Measuring;

namespace Moderation.Tests.Benchmarks;

public sealed class TheilSenTests
{
    [Fact]
    public void A_few_outliers_do_not_move_the_slope()
    {
        var points = Enumerable.Range(0, 100).Select(i => ((double)i, 7 + (0.5 * i))).ToList();
        points[10] = (10, 9_000);
        points[50] = (50, -9_000);
        points[99] = (99, 9_000);

        Assert.Equal(0.5, TheilSen.Slope(points), 6);
    }

    [Fact]
    public void A_single_point_has_no_slope() => Assert.Equal(0, TheilSen.Slope([(1, 2)]));
}
