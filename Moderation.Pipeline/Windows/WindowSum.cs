namespace Moderation.Pipeline.Windows;

/// <summary>
/// The value of one window after another, in order of time: what leaves is taken away, what enters is added, so that many
/// overlapping windows cost no more than their panes. Exact, because totals are.
/// </summary>
internal ref struct WindowSum(PaneList panes, int overlap)
{
    private WindowTotals _totals;
    private long _window = WindowGrid.BeforeAll;
    private int _low;
    private int _high;

    /// <param name="window">Later than the one before.</param>
    public WindowTotals MoveTo(long window)
    {
        var first = window - overlap;
        if (first >= _window)
        {
            // No pane in common with the window before: the panes between the two are not touched.
            _low = _high = panes.LowerBound(first);
            _totals = default;
        }

        for (; _low < _high && panes[_low].Index < first; _low++)
        {
            _totals.Deduct(panes[_low].Totals);
        }

        for (; _high < panes.Count && panes[_high].Index < window; _high++)
        {
            _totals.Accumulate(panes[_high].Totals);
        }

        _window = window;
        return _totals;
    }
}
