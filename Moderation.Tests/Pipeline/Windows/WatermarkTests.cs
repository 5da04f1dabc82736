using CsCheck;

using Moderation.Pipeline.Windows;

namespace Moderation.Tests.Pipeline.Windows;

public sealed class WatermarkTests
{
    [Fact]
    public void It_stays_the_bound_and_a_millisecond_behind_the_greatest_event_time()
    {
        var watermark = new Watermark(TimeSpan.FromMilliseconds(10));
        Assert.Null(watermark.Current);

        watermark.Observe(1337);
        Assert.Equal(1326, watermark.Current);

        foreach (var time in new[] { 12345, 12300, 12340, 12280 })
        {
            watermark.Observe(time);
        }

        Assert.Equal(12334, watermark.Current);
    }

    [Theory]
    [InlineData(12335, false)]
    [InlineData(12334, true)]
    public void An_event_at_the_watermark_is_late_and_one_behind_it_is_not(long time, bool late)
    {
        var watermark = new Watermark(TimeSpan.FromMilliseconds(10));
        watermark.Observe(12345);

        Assert.Equal(late, watermark.Observe(time));
    }

    [Fact]
    public void The_first_event_is_never_late() => Assert.False(new Watermark(TimeSpan.Zero).Observe(long.MinValue / 2));

    [Fact]
    public void It_continues_from_the_greatest_event_time_of_an_earlier_run()
    {
        var watermark = new Watermark(TimeSpan.FromMilliseconds(10), greatest: 1337);
        Assert.Equal(1326, watermark.Current);
        Assert.True(watermark.Observe(1326));
        Assert.Equal(1337, watermark.Greatest);
    }

    [Fact]
    public void A_negative_out_of_orderness_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Watermark(TimeSpan.FromMilliseconds(-1)));

    [Fact]
    public void It_never_goes_back() =>
        Gen.Select(Gen.Int[0, 500], Gen.Long[-100_000, 100_000].Array[1, 50]).Sample(static (bound, times) =>
        {
            var watermark = new Watermark(TimeSpan.FromMilliseconds(bound));
            var greatest = long.MinValue;
            foreach (var time in times)
            {
                var before = watermark.Current;
                Assert.Equal(before is not null && time <= before, watermark.Observe(time));
                greatest = Math.Max(greatest, time);
                Assert.Equal(greatest - bound - 1, watermark.Current);
            }
        });
}
