using CsCheck;

using Moderation.Pipeline.Windows.Spikes;

namespace Moderation.Tests.Pipeline.Windows.Spikes;

public sealed class SpikeRuleTests
{
    private static readonly SpikeRule Rule = new(new SpikeOptions());

    private static readonly Gen<long[]> Histories = Gen.Long[0, 200].Array[24, 100];

    [Fact]
    public void The_formula_by_hand()
    {
        // 20 windows of 4, ten of 9: the median of y is that of 4, 2√4.375 = 4.1833; most deviations are 0, so the scale is 1. 2√30.375 = 11.0227.
        var history = Enumerable.Repeat(4L, 20).Concat(Enumerable.Repeat(9L, 10)).ToArray();
        var verdict = Rule.Judge(history, 30);

        Assert.Equal(4, verdict.Expected!.Value, 9);
        Assert.Equal(6.8394, verdict.Z, 4);
        Assert.True(verdict.Alarm);
    }

    [Fact]
    public void A_history_that_varies_widens_the_scale()
    {
        // Half at 0 and half at 100: y is 1.2247 and 20.0375, the median 10.6311, every deviation 9.4064, the scale 13.9459.
        var history = Enumerable.Repeat(0L, 20).Concat(Enumerable.Repeat(100L, 20)).ToArray();
        var verdict = Rule.Judge(history, 200);

        Assert.Equal((28.3133 - 10.6311) / 13.9459, verdict.Z, 3);
        Assert.False(verdict.Alarm);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(60)]
    [InlineData(800)]
    public void Poisson_noise_raises_nearly_no_alarm(double mean)
    {
        var random = new Random(20_240_917);
        var history = Draw(random, mean, 288);
        var alarms = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var flagged = Poisson(random, mean);
            alarms += Rule.Judge(history, flagged).Alarm ? 1 : 0;
            history[i % history.Length] = flagged;
        }

        // At z = 5 a normal deviate gives 0.006 alarms in 20,000 windows; the median's own error adds little.
        Assert.InRange(alarms, 0, 1);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(200)]
    public void A_raid_of_ten_times_the_usual_is_found_in_a_busy_community(double mean)
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            Assert.True(Rule.Judge(Draw(random, mean, 48), Poisson(random, mean * 10)).Alarm);
        }
    }

    [Fact]
    public void A_day_and_a_night_are_no_raids_and_a_raid_by_day_is_found()
    {
        var random = new Random(11);
        var alarms = 0;
        var history = new long[288];
        for (var i = 0; i < 288 * 60; i++)
        {
            // Twenty-five a window by day, five by night, five-minute windows.
            var mean = 15 - (10 * Math.Cos(2 * Math.PI * i / 288));
            var flagged = Poisson(random, mean);
            if (i >= 288)
            {
                var recent = (long[])[.. history[(i % 288)..], .. history[..(i % 288)]];
                alarms += Rule.Judge(recent, flagged).Alarm ? 1 : 0;
                Assert.True(Rule.Judge(recent, 200).Alarm);
            }

            history[i % 288] = flagged;
        }

        Assert.InRange(alarms, 0, 1);
    }

    [Fact]
    public void A_burst_from_silence_is_found_from_the_minimum_on()
    {
        var silence = new long[24];
        Assert.False(Rule.Judge(silence, 9).Alarm);
        Assert.True(Rule.Judge(silence, 10).Alarm);
        Assert.Equal(0, Rule.Judge(silence, 10).Expected);
    }

    [Fact]
    public void Fewer_flagged_comments_than_the_minimum_raise_no_alarm_however_high_z_is()
    {
        var rule = new SpikeRule(new SpikeOptions { Limit = 1, Minimum = 50 });
        Assert.InRange(rule.Judge(new long[30], 49).Z, 10, double.MaxValue);
        Assert.False(rule.Judge(new long[30], 49).Alarm);
        Assert.True(rule.Judge(new long[30], 50).Alarm);
    }

    [Fact]
    public void A_cold_start_raises_no_alarm()
    {
        Assert.Equal(new SpikeVerdict(null, 0, Alarm: false), Rule.Judge(new long[23], 1_000_000));
        Assert.True(Rule.Judge(new long[24], 1_000_000).Alarm);
    }

    [Fact]
    public void Only_the_newest_windows_of_the_history_count()
    {
        var rule = new SpikeRule(new SpikeOptions { MinimumHistory = 24, MaximumHistory = 30 });
        var history = Enumerable.Repeat(500L, 100).Concat(new long[30]).ToArray();
        Assert.Equal(0, rule.Judge(history, 10).Expected);
    }

    [Fact]
    public void A_raid_in_the_history_does_not_hide_the_next()
    {
        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            var history = Draw(random, 20, 48);
            for (var window = 20; window < 32; window++)
            {
                history[window] = 2_000;
            }

            Assert.True(Rule.Judge(history, 200).Alarm);
        }
    }

    [Fact]
    public void More_flagged_comments_never_lower_z() =>
        Gen.Select(Histories, Gen.Long[0, 5_000], Gen.Long[0, 5_000]).Sample(static (history, less, more) =>
            Assert.True(Rule.Judge(history, Math.Min(less, more)).Z <= Rule.Judge(history, Math.Max(less, more)).Z));

    [Fact]
    public void The_order_of_the_history_does_not_matter() =>
        Histories.SelectMany(static history => Gen.Shuffle(history.ToArray()).Select(shuffled => (history, shuffled))).Sample(static both =>
            Assert.Equal(Rule.Judge(both.history, 40), Rule.Judge(both.shuffled, 40)));

    [Fact]
    public void Whatever_a_minority_of_the_history_was_z_stays_within_what_the_rest_allows() =>
        Gen.Select(Gen.Long[0, 20].Array[20, 20], Gen.Long[0, 1_000_000].Array[0, 4]).Sample(static (usual, raids) =>
        {
            // 20 usual windows between 0 and 20: with four more of any size the median stays among the usual ones.
            var verdict = Rule.Judge([.. usual, .. raids, .. new long[4 - raids.Length]], 500);
            Assert.InRange(verdict.Expected!.Value, 0, 20.000001);
        });

    [Fact]
    public void What_is_expected_lies_within_the_history() =>
        Histories.Sample(static history => Assert.InRange(Rule.Judge(history, 1).Expected!.Value, history.Min() - 1e-6, history.Max() + 1e-6));

    [Fact]
    public void A_longer_history_than_is_kept_cannot_be_asked_for() =>
        Assert.Contains("MaximumHistory is 10", Assert.Throws<ArgumentException>(() => new SpikeRule(new SpikeOptions { MaximumHistory = 10 })).Message, StringComparison.Ordinal);

    private static long[] Draw(Random random, double mean, int count) => [.. Enumerable.Range(0, count).Select(_ => Poisson(random, mean))];

    /// <summary>Arrivals of a unit-rate process before the mean: exact at any mean.</summary>
    private static long Poisson(Random random, double mean)
    {
        var count = 0L;
        for (var at = -Math.Log(1 - random.NextDouble()); at < mean; at -= Math.Log(1 - random.NextDouble()))
        {
            count++;
        }

        return count;
    }
}
