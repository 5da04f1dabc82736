using CsCheck;

using Moderation.Pipeline.Flow;

namespace Moderation.Tests.Pipeline.Flow;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Nothing_recorded_has_no_quantile() => Assert.Null(new LatencyHistogram().Quantile(0.5));

    [Fact]
    public void A_quantile_is_at_most_a_bucket_above_the_value() =>
        Gen.Double[1.0001, 3_600_000].Sample(static milliseconds =>
        {
            var histogram = new LatencyHistogram();
            histogram.Record(milliseconds, 1);
            Assert.InRange(histogram.Quantile(0.5)!.Value, milliseconds * 0.999999, milliseconds * 1.19);
        });

    [Fact]
    public void The_median_and_the_tail_are_told_apart()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(10, 980);
        histogram.Record(5000, 20);

        Assert.InRange(histogram.Quantile(0.5)!.Value, 10, 12);
        Assert.InRange(histogram.Quantile(0.98)!.Value, 10, 12);
        Assert.InRange(histogram.Quantile(0.99)!.Value, 5000, 6000);
        Assert.InRange(histogram.Quantile(0)!.Value, 10, 12);
        Assert.InRange(histogram.Quantile(1)!.Value, 5000, 6000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(1e12)]
    public void Latencies_beyond_the_scale_are_counted_at_its_ends(double milliseconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(milliseconds, 3);

        Assert.NotNull(histogram.Quantile(0.99));
    }

    [Fact]
    public void The_recent_past_outweighs_what_was_long_ago()
    {
        var histogram = new LatencyHistogram();
        for (var i = 0; i < 100; i++)
        {
            histogram.Record(10_000, 1000);
        }

        for (var i = 0; i < 60; i++)
        {
            histogram.Record(2, 1000);
        }

        Assert.InRange(histogram.Quantile(0.5)!.Value, 2, 3);
    }
}
