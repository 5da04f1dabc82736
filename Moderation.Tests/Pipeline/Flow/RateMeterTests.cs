using Microsoft.Extensions.Time.Testing;

using Moderation.Pipeline.Flow;

namespace Moderation.Tests.Pipeline.Flow;

public sealed class RateMeterTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_steady_stream_has_its_rate_once_a_second_has_passed()
    {
        var meter = new RateMeter(_time);
        for (var tenths = 0; tenths < 300; tenths++)
        {
            meter.Add(5);
            if (tenths >= 10)
            {
                Assert.Equal(50, meter.PerSecond());
            }

            _time.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    [Fact]
    public void A_burst_is_spread_over_ten_seconds_and_then_forgotten()
    {
        var meter = new RateMeter(_time);
        _time.Advance(TimeSpan.FromSeconds(60));
        meter.Add(100);
        for (var second = 1; second <= 10; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(10, meter.PerSecond());
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, meter.PerSecond());
    }

    [Fact]
    public void A_long_silence_leaves_nothing_behind()
    {
        var meter = new RateMeter(_time);
        meter.Add(100);
        _time.Advance(TimeSpan.FromDays(3));

        Assert.Equal(0, meter.PerSecond());
    }
}
