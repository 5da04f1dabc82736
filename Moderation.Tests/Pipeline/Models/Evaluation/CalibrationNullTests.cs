using CsCheck;

using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Tests.Pipeline.Models.Evaluation;

public sealed class CalibrationNullTests
{
    [Fact]
    public void One_row_is_off_by_what_its_label_leaves()
    {
        // A label of 1 comes in 30 of 100 draws, far more than the 5 that the percentile leaves out: the error is then 0.7.
        Assert.Equal(0.7, CalibrationNull.Ceiling([0.3])!.Value, 12);
        Assert.Equal(0.01, CalibrationNull.Ceiling([0.01])!.Value, 12);
        Assert.Equal(0.0, CalibrationNull.Ceiling([0, 1, 1])!.Value, 12);
        Assert.Null(CalibrationNull.Ceiling([]));
    }

    [Fact]
    public void In_one_bin_it_is_the_binomials_own_percentile()
    {
        // 400 rows of one half: |share − 1/2| has its 95th percentile near 1.96 · 0.5 / √400 = 0.049.
        Assert.Equal(0.049, CalibrationNull.Ceiling([.. Enumerable.Repeat(0.5, 400)])!.Value, tolerance: 0.006);
    }

    [Fact]
    public void About_19_of_20_calibrated_models_stay_under_it()
    {
        var random = new Random(8);
        const int Sets = 200;
        var under = 0;
        for (var set = 0; set < Sets; set++)
        {
            ScoredLabel[] rows = [.. Enumerable.Range(0, 150).Select(_ => random.NextDouble()).Select(p => new ScoredLabel(p, random.NextDouble() < p))];
            under += EceOf(rows) <= CalibrationNull.Ceiling([.. rows.Select(row => row.Probability)]) ? 1 : 0;
        }

        Assert.InRange(under, 0.9 * Sets, 0.99 * Sets);
    }

    [Fact]
    public void More_rows_leave_less_to_chance_and_their_order_nothing()
    {
        double[] few = [.. Enumerable.Range(0, 100).Select(i => (i + 0.5) / 100)];
        double[] many = [.. Enumerable.Range(0, 100).SelectMany(_ => few)];

        Assert.True(CalibrationNull.Ceiling(many) < CalibrationNull.Ceiling(few) / 5);
        Gen.Shuffle(few).Sample(shuffled => Assert.Equal(CalibrationNull.Ceiling(few), CalibrationNull.Ceiling(shuffled)), iter: 5);
    }

    private static double EceOf(ScoredLabel[] rows) => rows
        .GroupBy(row => Math.Min(9, (int)(row.Probability * 10)))
        .Sum(bin => Math.Abs(bin.Sum(row => row.Probability) - bin.Count(row => row.Removed))) / rows.Length;
}
