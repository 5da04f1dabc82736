using CsCheck;

using Microsoft.Extensions.Time.Testing;

using Moderation.Pipeline.Windows;

namespace Moderation.Tests.Pipeline.Windows;

public sealed class CombinedWatermarkTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CombinedWatermark _combined = new();

    [Fact]
    public void It_is_the_least_over_its_inputs()
    {
        var (first, second) = (Input(), Input());
        first.Observe(100);
        second.Observe(50);
        Assert.Equal(49, _combined.Current);

        second.Observe(200);
        Assert.Equal(99, _combined.Current);
    }

    [Fact]
    public void An_active_input_without_events_holds_it_back_until_it_is_idle()
    {
        var (first, _) = (Input(), Input());
        first.Observe(100);
        Assert.Null(_combined.Current);

        _time.Advance(TimeSpan.FromSeconds(61));
        first.Observe(110);
        Assert.Equal(109, _combined.Current);
    }

    [Fact]
    public void An_idle_input_holds_nobody_up_and_counts_again_at_its_next_event()
    {
        var (first, second) = (Input(), Input());
        first.Observe(100);
        second.Observe(50);
        _time.Advance(TimeSpan.FromSeconds(61));
        first.Observe(1_000);
        Assert.Equal(999, _combined.Current);

        second.Observe(1_500);
        first.Observe(2_000);
        Assert.Equal(1_499, _combined.Current);
    }

    [Fact]
    public void An_input_that_wakes_up_or_joins_behind_it_leaves_it_where_it_stands()
    {
        var first = Input();
        first.Observe(1_000);
        Assert.Equal(999, _combined.Current);

        var second = Input();
        Assert.Equal(999, _combined.Current);
        second.Observe(3);
        Assert.Equal(999, _combined.Current);
    }

    [Fact]
    public void It_stands_still_while_every_input_is_idle()
    {
        Input().Observe(1_000);
        Assert.Equal(999, _combined.Current);

        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(999, _combined.Current);
    }

    [Fact]
    public void An_input_that_leaves_holds_nobody_up_and_what_it_reached_stays()
    {
        var (first, second) = (Input(), Input());
        first.Observe(1_000);
        second.Observe(50);
        _combined.Remove(second);
        Assert.Equal(999, _combined.Current);

        first.Observe(2_000);
        _combined.Remove(first);
        Assert.Equal(1_999, _combined.Current);
    }

    [Fact]
    public void It_continues_from_an_earlier_run()
    {
        var combined = new CombinedWatermark(reached: 500);
        Assert.Equal(500, combined.Current);

        var input = new WatermarkInput(new Watermark(TimeSpan.Zero, greatest: 400), new Idleness(TimeSpan.FromMinutes(1), _time));
        combined.Add(input);
        Assert.Equal(500, combined.Current);
        input.Observe(600);
        Assert.Equal(599, combined.Current);
    }

    [Fact]
    public void It_never_goes_back_whatever_its_inputs_do() =>
        Gen.Select(Gen.Int[0, 2], Gen.Long[-1_000, 1_000], Gen.Int[0, 40]).Array[1, 60].Sample(static steps =>
        {
            var time = new FakeTimeProvider();
            var combined = new CombinedWatermark();
            var inputs = Enumerable.Range(0, 3).Select(_ => new WatermarkInput(new Watermark(TimeSpan.FromMilliseconds(5)), new Idleness(TimeSpan.FromSeconds(60), time))).ToArray();
            Array.ForEach(inputs, combined.Add);
            long? reached = null;
            foreach (var (input, eventTime, seconds) in steps)
            {
                inputs[input].Observe(eventTime);
                time.Advance(TimeSpan.FromSeconds(seconds));
                var next = combined.Current;
                Assert.False(next < reached || (next is null && reached is not null));
                var active = inputs.Where(static one => !one.IsIdle).ToList();
                if (active.Count > 0 && active.TrueForAll(static one => one.Watermark is not null))
                {
                    var least = active.Min(static one => one.Watermark!.Value);
                    Assert.Equal(Math.Max(least, reached ?? least), next);
                }

                reached = next;
            }
        });

    private WatermarkInput Input()
    {
        var input = new WatermarkInput(new Watermark(TimeSpan.Zero), new Idleness(TimeSpan.FromMinutes(1), _time));
        _combined.Add(input);
        return input;
    }
}
