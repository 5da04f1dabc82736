using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Tests.Pipeline.Models.Evaluation;

public sealed class IntervalTests
{
    [Theory]
    [InlineData(5, 10, 0.2366, 0.7634)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(0, 0, 0, 1)]
    public void Wilsons_interval_is_that_of_the_books(int hits, int rows, double low, double high)
    {
        var interval = Interval.OfShare(hits, rows);

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void More_hits_than_rows_are_no_share() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Interval.OfShare(3, 2));
}
