using CsCheck;

using Moderation.Pipeline.Windows.Spikes;

namespace Moderation.Tests.Pipeline.Windows.Spikes;

public sealed class SpikeHistoryTests
{
    [Fact]
    public void Rows_are_summed_into_windows_that_end_where_the_judged_one_begins() =>
        Assert.Equal([3, 0, 11], SpikeHistory.Before(-1_000, 100, size: 50, most: 3, [(-50, 1), (-1, 2), (50, 4), (99, 7), (100, 1_000), (-51, 1_000)]));

    [Fact]
    public void Windows_without_flagged_comments_are_history_too() => Assert.Equal(new long[4], SpikeHistory.Before(0, 400, 100, 10, []));

    [Theory]
    [InlineData(400, 0)]
    [InlineData(301, 0)]
    [InlineData(300, 1)]
    [InlineData(99, 3)]
    [InlineData(500, 0)]
    public void None_begins_before_the_community_was_first_seen(long firstSeen, int windows) =>
        Assert.Equal(windows, SpikeHistory.Before(firstSeen, 400, 100, 10, []).Length);

    [Fact]
    public void Every_row_inside_is_counted_once() =>
        Gen.Select(Gen.Long[-500, 500], Gen.Long[1, 60], Gen.Int[0, 20], Gen.Select(Gen.Long[-1_000, 1_000], Gen.Long[0, 9]).Array[0, 30]).Sample(static (start, size, most, rows) =>
        {
            var history = SpikeHistory.Before(-10_000, start, size, most, rows);
            Assert.Equal(most, history.Length);
            Assert.Equal(rows.Where(row => row.Item1 < start && row.Item1 >= start - (most * size)).Sum(static row => row.Item2), history.Sum());
        });
}
