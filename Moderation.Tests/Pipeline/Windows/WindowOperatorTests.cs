using Moderation.Pipeline.Windows;

namespace Moderation.Tests.Pipeline.Windows;

public sealed class WindowOperatorTests
{
    private const int Others = WindowRun.Others;

    [Fact]
    public void An_open_window_is_reported_early_and_an_unchanged_one_not_again()
    {
        var run = new WindowRun(WindowStreams.Milliseconds(10, 10, 0, 0));
        run.Add(3);
        Assert.Equal([(0, 1, WindowResultKind.Early)], Shown(run.Commit()));
        Assert.Empty(run.Commit());
    }

    [Fact]
    public void A_late_event_within_the_allowed_lateness_fires_the_window_again()
    {
        var run = new WindowRun(WindowStreams.Milliseconds(10, 10, 0, 20));
        run.Add(3);
        run.Add(10);
        Assert.Equal([(0, 1, WindowResultKind.OnTime), (10, 1, WindowResultKind.Early)], Shown(run.Commit()));

        Assert.True(run.Add(4));
        Assert.True(run.Add(5));
        Assert.Equal([(0, 3, WindowResultKind.Corrected)], Shown(run.Commit()));
    }

    [Fact]
    public void A_window_fires_without_a_change_when_the_watermark_passes()
    {
        var run = new WindowRun(WindowStreams.Milliseconds(10, 10, 5, 0));
        run.Add(3);
        run.Commit();
        run.Add(14);
        Assert.Equal([(10, 1, WindowResultKind.Early)], Shown(run.Commit()));

        run.Add(15);
        Assert.Equal([(0, 1, WindowResultKind.OnTime), (10, 2, WindowResultKind.Early)], Shown(run.Commit()));
    }

    [Fact]
    public void A_late_event_is_in_the_on_time_result_when_the_window_fired_since_the_last_commit()
    {
        var run = new WindowRun(WindowStreams.Milliseconds(10, 10, 0, 20));
        run.Add(3);
        run.Add(10);
        run.Add(4);
        Assert.Contains((0, 2, WindowResultKind.OnTime), Shown(run.Commit()));
    }

    [Fact]
    public void A_pane_that_grows_behind_a_closed_window_does_not_show_in_it()
    {
        // At 7, grace 3, the window [-5,5) closes at 8 and [0,10) is open until 13.
        var run = new WindowRun(WindowStreams.Milliseconds(10, 5, 0, 3));
        run.Add(1);
        run.Add(8);
        Assert.True(run.Add(2));
        Assert.Equal([(-5, 1, WindowResultKind.OnTime), (0, 3, WindowResultKind.Early), (5, 1, WindowResultKind.Early)], Shown(run.Commit()));

        Assert.True(run.Add(3));
        Assert.Equal([(0, 4, WindowResultKind.Early)], Shown(run.Commit()));
    }

    [Fact]
    public void A_comment_whose_time_was_clamped_counts_and_moves_nothing()
    {
        var run = new WindowRun(WindowStreams.Milliseconds(10, 10, 0, 0));
        run.Add(3);
        Assert.True(run.Add(95, moves: false));
        Assert.Equal(3, run.Operator.GreatestEventTime);
        Assert.Equal([(0, 1, WindowResultKind.Early), (90, 1, WindowResultKind.Early)], Shown(run.Commit()));
        Assert.True(run.Add(4));
    }

    [Fact]
    public void Communities_have_windows_of_their_own_and_one_stream_time()
    {
        var run = new WindowRun(WindowStreams.Milliseconds(10, 10, 0, 0));
        run.Add(3, community: 7);
        run.Add(12, community: 8);
        Assert.Equal([(7, WindowResultKind.OnTime), (8, WindowResultKind.Early)], run.Commit().Select(static result => (result.Community, result.Kind)).Order());
        Assert.False(run.Add(3, community: 9));
    }

    [Fact]
    public void Changes_carry_what_came_since_the_last_commit_and_the_whole()
    {
        var run = new WindowRun(WindowStreams.Milliseconds(10, 5, 0, 0));
        run.Add(6);
        run.Add(7);
        run.Commit();
        run.Add(8);
        run.Commit();

        Assert.Equal([(5, 2, 2), (5, 1, 3)], run.Changes.Select(static change => (change.Start, change.Delta.Count, change.Totals.Count)));
    }

    [Fact]
    public void A_pane_that_closed_before_the_commit_still_hands_over_what_came()
    {
        var run = new WindowRun(WindowStreams.Milliseconds(10, 10, 0, 0));
        run.Add(6);
        run.Add(1_000);
        run.Commit();

        Assert.Equal([(0, 1), (1_000, 1)], run.Changes.Select(static change => (change.Start, change.Delta.Count)));
        Assert.Equal(1, run.Operator.OpenPanes);
        Assert.Equal(1_000, run.Operator.OpenFrom);
    }

    [Fact]
    public void Beyond_the_most_panes_new_communities_count_as_the_others_and_known_ones_go_on()
    {
        var run = new WindowRun(WindowStreams.Milliseconds(10, 10, 0, 100), maxPanes: 2);
        foreach (var community in new[] { 1, 2, 3, 4, 1 })
        {
            run.Add(5, community);
        }

        run.Add(15, community: 1);
        Assert.Equal(2, run.Overflowed);
        Assert.Equal([(Others, 0, 2), (1, 0, 2), (1, 10, 1), (2, 0, 1)], ByCommunity(run.Commit()));
    }

    [Fact]
    public void Twice_the_most_panes_are_never_passed_but_by_the_panes_of_the_others()
    {
        var run = new WindowRun(WindowStreams.Milliseconds(10, 10, 0, 10_000), maxPanes: 2);
        for (var time = 0; time < 100; time += 10)
        {
            run.Add(time, community: 1);
        }

        Assert.Equal(6, run.Overflowed);
        Assert.Equal(10, run.Operator.OpenPanes);
        Assert.True(run.Add(5, community: 1));
        Assert.Equal(6, run.Overflowed);
        Assert.Equal(2, ByCommunity(run.Commit()).Single(static value => value == (1, 0, 2)).Count);
    }

    [Fact]
    public void Room_that_closed_panes_leave_is_used_again()
    {
        var run = new WindowRun(WindowStreams.Milliseconds(10, 10, 0, 0), maxPanes: 1);
        for (var i = 0; i < 1_000; i++)
        {
            run.Add(i * 10, community: i + 1);
            run.Commit();
            Assert.Equal(1, run.Operator.OpenPanes);
        }

        Assert.Equal(0, run.Overflowed);
    }

    [Fact]
    public void A_community_that_went_and_comes_back_starts_anew()
    {
        var run = new WindowRun(WindowStreams.Milliseconds(10, 10, 0, 0));
        run.Add(5, community: 1);
        run.Add(1_000, community: 2);
        run.Add(1_001, community: 1);
        Assert.Equal([(1, 0, 1), (1, 1_000, 1), (2, 1_000, 1)], ByCommunity(run.Commit()));
    }

    [Fact]
    public void A_comment_into_a_pane_that_is_there_allocates_nothing()
    {
        var windows = new WindowOperator(new WindowOptions(), Others);
        var one = WindowTotals.OfComment(0.7, flagged: true);
        var allocated = 0L;
        for (var round = 0; round < 2; round++)
        {
            // The second round is measured: in the first the methods are compiled.
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10_000; i++)
            {
                windows.Add(1, i + (round * 10_000), one);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_window_that_fired_before_a_restart_does_not_fire_behind_it_and_can_still_be_corrected()
    {
        var run = new WindowRun(WindowStreams.Milliseconds(10, 10, 0, 20));
        run.Add(3);
        run.Add(10);
        run.Commit();
        run.Restart();
        run.Add(11);
        Assert.Equal([(10, 2, WindowResultKind.Early)], Shown(run.Commit()));

        run.Add(4);
        Assert.Equal([(0, 2, WindowResultKind.Corrected)], Shown(run.Commit()));
    }

    [Fact]
    public void Only_a_new_operator_is_restored()
    {
        var used = new WindowOperator(new WindowOptions(), Others);
        used.Add(1, 0, WindowTotals.OfComment(0.5, flagged: false));
        Assert.Throws<InvalidOperationException>(() => used.Restore(null, []));
    }

    [Fact]
    public void Panes_of_another_slide_or_twice_the_same_are_refused()
    {
        static WindowOperator Fresh() => new(WindowStreams.Milliseconds(10, 10, 0, 0), Others);
        Assert.Contains("multiple", Assert.Throws<ArgumentException>(() => Fresh().Restore(0, [new WindowPane(1, 5, default)])).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => Fresh().Restore(0, [new WindowPane(1, 0, default), new WindowPane(1, 0, default)])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_time_beyond_what_can_be_counted_is_refused_and_moves_nothing(long time)
    {
        var run = new WindowRun(new WindowOptions());
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Add(time));
        Assert.Null(run.Operator.Watermark);
    }

    private static IEnumerable<(long Start, long Count, WindowResultKind Kind)> Shown(IEnumerable<WindowResult> results) =>
        results.OrderBy(static result => result.Start).Select(static result => (result.Start, result.Totals.Count, result.Kind));

    private static IEnumerable<(int Community, long Start, long Count)> ByCommunity(IEnumerable<WindowResult> results) =>
        results.Select(static result => (result.Community, result.Start, result.Totals.Count)).Order();
}
