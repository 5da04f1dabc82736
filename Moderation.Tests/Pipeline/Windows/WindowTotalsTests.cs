using CsCheck;

using Moderation.Pipeline.Windows;

namespace Moderation.Tests.Pipeline.Windows;

public sealed class WindowTotalsTests
{
    private static readonly Gen<WindowTotals> One = Gen.Select(Gen.Double.Unit, Gen.Bool, WindowTotals.OfComment);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.0999999, 0)]
    [InlineData(0.1, 1)]
    [InlineData(0.3, 3)]
    [InlineData(0.5, 5)]
    [InlineData(0.6, 6)]
    [InlineData(0.7, 7)]
    [InlineData(0.9, 9)]
    [InlineData(0.9999999, 9)]
    [InlineData(1, 9)]
    public void A_score_is_in_the_bin_of_its_tenth_and_1_in_the_last(double score, int bin)
    {
        var expected = new long[10];
        expected[bin] = 1;
        Assert.Equal(expected, WindowTotals.OfComment(score, flagged: false).Histogram.ToArray());
    }

    [Theory]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    [InlineData(double.NaN)]
    public void What_is_no_probability_is_refused(double score) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowTotals.OfComment(score, flagged: true));

    [Fact]
    public void A_sum_is_the_same_to_the_bit_in_any_order() =>
        One.Array[0, 200].SelectMany(static ones => Gen.Shuffle(ones.ToArray()).Select(shuffled => (ones, shuffled))).Sample(static both =>
            Assert.Equal(Sum(both.ones), Sum(both.shuffled)));

    [Fact]
    public void What_was_added_can_be_taken_away_to_the_bit() =>
        Gen.Select(One.Array[0, 100], One.Array[0, 100]).Sample(static (kept, gone) => Assert.Equal(Sum(kept), Sum([.. gone, .. kept]) - Sum(gone)));

    [Fact]
    public void The_mean_is_that_of_the_scores_to_half_a_step() =>
        Gen.Double.Unit.Array[1, 200].Sample(static scores =>
        {
            var sum = Sum([.. scores.Select(static score => WindowTotals.OfComment(score, flagged: false))]);
            var mean = sum.ScoreSum / sum.Count;
            Assert.InRange(Math.Abs(mean - scores.Average()), 0, Math.Pow(2, -25) + 1e-12);
        });

    [Fact]
    public void A_histogram_is_restored_from_its_counts()
    {
        var histogram = WindowTotals.OfComment(0.35, flagged: false).Histogram;
        var copy = new long[10];
        histogram.CopyTo(copy);
        Assert.Equal(histogram, ScoreHistogram.Of(copy));
        Assert.True(histogram != ScoreHistogram.Of(new long[10]));
        Assert.Throws<ArgumentException>(() => ScoreHistogram.Of(new long[9]));
    }

    private static WindowTotals Sum(IEnumerable<WindowTotals> totals) => totals.Aggregate(default(WindowTotals), static (sum, one) => sum + one);
}
