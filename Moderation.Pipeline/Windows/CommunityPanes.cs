namespace Moderation.Pipeline.Windows;

/// <summary>The open panes of one community, and which of its windows are to be reported.</summary>
internal sealed class CommunityPanes(int community, WindowGrid grid)
{
    private const long None = long.MaxValue;
    private readonly PaneList _panes = new();
    private readonly PaneList _unreported = new();

    public int Community => community;

    public int Count => _panes.Count;

    /// <summary>The event time at which the next of its windows fires or closes.</summary>
    public long Due { get; set; } = None;

    /// <summary>Stands among those that are looked at when results are taken.</summary>
    public bool IsTouched { get; set; }

    public Pane? Find(long index) => _panes.Find(index);

    public void Insert(Pane pane) => _panes.Insert(pane);

    public void Changed(Pane pane)
    {
        if (!pane.IsUnreported)
        {
            pane.IsUnreported = true;
            _unreported.Insert(pane);
        }
    }

    /// <summary>What changed has been reported.</summary>
    public void Settle()
    {
        for (var i = 0; i < _unreported.Count; i++)
        {
            _unreported[i].IsUnreported = false;
        }

        _unreported.Clear();
        IsTouched = false;
    }

    /// <summary>Forgets the panes whose last window is closed; gives their number.</summary>
    public int Drop(long closed)
    {
        var count = _panes.LowerBound(closed - grid.Overlap + 1);
        _panes.RemoveFirst(count);
        return count;
    }

    /// <summary>The event time at which the first of these windows that has not yet fired or closed does so.</summary>
    public long NextDue(long fired, long closed)
    {
        var fires = NextWindow(_panes, fired + 1);
        var closes = NextWindow(_panes, closed + 1);
        return Math.Min(fires == None ? None : grid.FiresAt(fires), closes == None ? None : grid.ClosesAt(closes));
    }

    /// <summary>
    /// Writes down, in order of time, the windows of a range that changed since results were taken, and those that fired since.
    /// </summary>
    /// <param name="from">First window.</param>
    /// <param name="through">Last window.</param>
    /// <param name="firedBefore">The last window that had fired when results were taken.</param>
    /// <param name="fired">The last window that has fired.</param>
    /// <param name="results">Where to.</param>
    public void Report(long from, long through, long firedBefore, long fired, List<WindowResult> results)
    {
        var sum = new WindowSum(_panes, grid.Overlap);
        var window = Next(from);
        while (window != None && window <= through)
        {
            var kind = window <= firedBefore ? WindowResultKind.Corrected
                : window <= fired ? WindowResultKind.OnTime
                : WindowResultKind.Early;
            results.Add(new WindowResult(community, (window - grid.Overlap) * grid.Slide, window * grid.Slide, sum.MoveTo(window), kind));
            window = Next(window + 1);
        }

        long Next(long at)
        {
            var firing = NextWindow(_panes, Math.Max(at, firedBefore + 1));
            return Math.Min(NextWindow(_unreported, at), firing <= fired ? firing : None);
        }
    }

    /// <summary>The first window at or behind <paramref name="from"/> that one of the panes is in.</summary>
    private long NextWindow(PaneList panes, long from)
    {
        var position = panes.LowerBound(from - grid.Overlap);
        return position < panes.Count ? Math.Max(from, panes[position].Index + 1) : None;
    }
}
