using Microsoft.Extensions.Time.Testing;

using Moderation.Pipeline.Flow;

namespace Moderation.Tests.Pipeline.Flow;

public sealed class SteadyClockTests
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(_noon);
    private readonly SteadyClock _clock;

    public SteadyClockTests() => _clock = new SteadyClock(_time);

    [Fact]
    public void It_is_the_machines_clock_while_that_goes_forward()
    {
        Assert.Equal(_noon, _clock.Now());
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(_noon.AddMinutes(5), _clock.Now());
        _time.AdjustTime(_noon.AddHours(3));
        Assert.Equal(_noon.AddHours(3), _clock.Now());
        Assert.Null(_clock.Problem);
    }

    [Fact]
    public void When_the_clock_is_set_back_it_goes_on_at_half_speed_until_that_has_caught_up_and_says_so()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        var before = _clock.Now();
        _time.AdjustTime(before.AddHours(-1));

        Assert.Equal(before, _clock.Now());
        Assert.Contains("60.0 minutes", _clock.Problem, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(before.AddMinutes(5), _clock.Now());

        for (var minutes = 0; minutes < 110; minutes += 10)
        {
            var last = _clock.Now();
            _time.Advance(TimeSpan.FromMinutes(10));
            Assert.True(_clock.Now() >= last);
        }

        Assert.Null(_clock.Problem);
        Assert.Equal(_time.GetUtcNow(), _clock.Now());
    }

    [Fact]
    public void A_clock_that_is_put_right_again_is_followed_at_once()
    {
        _time.AdjustTime(_noon.AddHours(-1));
        _clock.Now();
        _time.AdjustTime(_noon.AddMinutes(1));

        Assert.Equal(_noon.AddMinutes(1), _clock.Now());
        Assert.Null(_clock.Problem);
    }
}
