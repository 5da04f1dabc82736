namespace Moderation.Pipeline.Windows;

/// <summary>
/// The windows of one source, by community. It keeps panes of one slide's width; a window is the sum of its panes, so a
/// comment is added once however many windows it is in.
/// <para>An event is accepted by a window if and only if <c>window end &gt; stream time − grace</c>, stream time being the greatest
/// event time, this event's included. A window fires when the watermark reaches <c>end − 1 ms</c>, fires again when a late event
/// changes it, and closes at watermark <c>end − 1 ms + lateness</c>: what its panes take in later never shows in it.</para>
/// <para>For one thread at a time. Take results and changes after every batch: what waits to be taken is bounded only by what was
/// added since. State to store in the batch's transaction: <see cref="GreatestEventTime"/> and the changed panes.</para>
/// </summary>
public sealed class WindowOperator
{
    /// <summary>35 to 60 MB, the more communities the more.</summary>
    public const int DefaultMaxPanes = 100_000;

    private const long MaxTime = 1L << 60;

    // Room kept ready for as many results as last time, but not for those of one great leap.
    private const int MaxReserved = 16_384;

    private readonly WindowGrid _grid;
    private readonly TimeSpan _outOfOrderness;
    private readonly int _overflow;
    private readonly int _maxPanes;
    private readonly Dictionary<int, CommunityPanes> _communities = [];

    // By the event time at which a community needs a visit. A community that is due earlier than was thought gets a second entry; the
    // first one then no longer agrees with its Due and is passed over.
    private readonly PriorityQueue<CommunityPanes, long> _visits = new();
    private readonly List<CommunityPanes> _touched = [];
    private readonly List<Pane> _unsaved = [];
    private List<WindowResult> _results = [];
    private Watermark _watermark;
    private long _fired = WindowGrid.BeforeAll;
    private long _firedWhenTaken = WindowGrid.BeforeAll;
    private long _closed = WindowGrid.BeforeAll;

    // The event time at which the next window of the grid fires or closes: before it, nothing is due for anybody.
    private long _nextEdge = long.MinValue;

    /// <param name="options">How windows lie.</param>
    /// <param name="overflowCommunity">The key under which comments are counted that find no room.</param>
    /// <param name="maxPanes">
    /// Most open panes before communities that have none are counted under <paramref name="overflowCommunity"/>. Communities that have some
    /// go on, so that their windows stay whole, up to twice that number; from there on whatever needs a new pane is counted there.
    /// </param>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    public WindowOperator(WindowOptions options, int overflowCommunity, int maxPanes = DefaultMaxPanes)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPanes, 1);
        (_grid, _outOfOrderness, _overflow, _maxPanes) = (new WindowGrid(options), options.OutOfOrderness, overflowCommunity, maxPanes);
        _watermark = new Watermark(_outOfOrderness);
    }

    /// <summary>Stream time, in milliseconds since the epoch; null before the first event that moves it.</summary>
    public long? GreatestEventTime => _watermark.Greatest;

    /// <summary>Milliseconds since the epoch; null before the first event that moves it.</summary>
    public long? Watermark => _watermark.Current;

    /// <summary>The first millisecond of the oldest pane that can be open: stored ones that start before it can be deleted. Null while all can be.</summary>
    public long? OpenFrom => _watermark.Current is null ? null : (_closed + 1 - _grid.Overlap) * _grid.Slide;

    public int OpenPanes { get; private set; }

    /// <summary>Events counted under the overflow key for lack of room, since this object was made.</summary>
    public long OverflowCount { get; private set; }

    /// <summary>Takes in one event; false when it is late for all its windows: then it is in none.</summary>
    /// <param name="community">The community's key.</param>
    /// <param name="eventTime">Milliseconds since the epoch, on either side; within 2⁶⁰.</param>
    /// <param name="one">What the event adds.</param>
    /// <param name="movesWatermark">False for a comment whose time was clamped: it counts, and moves nothing.</param>
    public bool Add(int community, long eventTime, in WindowTotals one, bool movesWatermark = true)
    {
        CheckTime(eventTime);
        if (movesWatermark)
        {
            // Before the event goes into its pane: windows that it closes do not contain it.
            Advance(eventTime);
        }

        var index = _grid.Floor(eventTime);
        if (IsClosed(index))
        {
            return false;
        }

        var panes = PanesOf(community, index);
        var pane = panes.Find(index) ?? Open(panes, new Pane(panes.Community, index, default));
        pane.Add(one);
        panes.Changed(pane);
        Touch(panes);
        if (!pane.IsUnsaved)
        {
            pane.IsUnsaved = true;
            _unsaved.Add(pane);
        }

        return true;
    }

    /// <summary>
    /// The windows to report since the last call, each once and with its last value: those that fired, those that had fired and were
    /// changed, and open ones that changed. A window that fired since the last call is <see cref="WindowResultKind.OnTime"/> whatever came
    /// before or behind its firing, because only that is its first valid value for whoever reads results. A community's windows come in
    /// order of time, communities in any.
    /// </summary>
    public IReadOnlyList<WindowResult> TakeResults()
    {
        foreach (var community in _touched)
        {
            community.Report(_closed + 1, long.MaxValue, _firedWhenTaken, _fired, _results);
            community.Settle();
        }

        _touched.Clear();
        _firedWhenTaken = _fired;
        var results = _results;
        _results = new List<WindowResult>(Math.Min(results.Count, MaxReserved));
        return results;
    }

    /// <summary>The panes that changed since the last call, each once, also those that have closed since.</summary>
    public IReadOnlyList<PaneChange> TakeChangedPanes()
    {
        var changes = new PaneChange[_unsaved.Count];
        for (var i = 0; i < changes.Length; i++)
        {
            var pane = _unsaved[i];
            changes[i] = new PaneChange(pane.Community, pane.Index * _grid.Slide, pane.TakeDelta(), pane.Totals);
        }

        _unsaved.Clear();
        return changes;
    }

    /// <summary>
    /// Continues where an earlier operator with the same options stood when its results and changes had been taken. Which windows have
    /// fired follows from the watermark. Panes that have closed since are passed over.
    /// </summary>
    /// <param name="greatestEventTime">Its <see cref="GreatestEventTime"/>.</param>
    /// <param name="panes">The last <see cref="PaneChange.Totals"/> of each pane.</param>
    /// <exception cref="InvalidOperationException">This operator has already taken in events.</exception>
    /// <exception cref="ArgumentException">A pane does not start at a multiple of the slide, or comes twice.</exception>
    public void Restore(long? greatestEventTime, IEnumerable<WindowPane> panes)
    {
        ArgumentNullException.ThrowIfNull(panes);
        if (GreatestEventTime is not null || OpenPanes > 0)
        {
            throw new InvalidOperationException("Only a new operator can be restored.");
        }

        if (greatestEventTime is { } greatest)
        {
            CheckTime(greatest);
            _watermark = new Watermark(_outOfOrderness, greatest);
        }

        FollowWatermark();
        _firedWhenTaken = _fired;
        foreach (var pane in panes)
        {
            RestorePane(pane);
        }
    }

    private void RestorePane(in WindowPane stored)
    {
        CheckTime(stored.Start);
        var index = _grid.Floor(stored.Start);
        if (index * _grid.Slide != stored.Start)
        {
            throw new ArgumentException($"The stored pane of community {stored.Community} starts at {stored.Start}; with a slide of {_grid.Slide} ms it has to start at a multiple of that.");
        }

        if (IsClosed(index))
        {
            return;
        }

        var panes = _communities.GetValueOrDefault(stored.Community) ?? Enter(stored.Community);
        if (panes.Find(index) is not null)
        {
            throw new ArgumentException($"The stored pane of community {stored.Community} at {stored.Start} comes twice; it has to come once.");
        }

        Open(panes, new Pane(stored.Community, index, stored.Totals));
    }

    private void Advance(long eventTime)
    {
        if (eventTime <= _watermark.Greatest)
        {
            return;
        }

        _watermark.Observe(eventTime);
        if (eventTime < _nextEdge)
        {
            return;
        }

        var closedBefore = _closed;
        FollowWatermark();
        while (_visits.TryPeek(out var community, out var due) && due <= eventTime)
        {
            _visits.Dequeue();
            if (due == community.Due)
            {
                Visit(community, closedBefore);
            }
        }
    }

    private void FollowWatermark()
    {
        _fired = _grid.Fired(Watermark);
        _closed = _grid.Closed(Watermark);
        _nextEdge = Watermark is null ? long.MinValue : Math.Min(_grid.FiresAt(_fired + 1), _grid.ClosesAt(_closed + 1));
    }

    /// <summary>Some of the community's windows fire, which is reported when results are taken, or close, which is settled now.</summary>
    private void Visit(CommunityPanes community, long closedBefore)
    {
        community.Report(closedBefore + 1, _closed, _firedWhenTaken, _fired, _results);
        OpenPanes -= community.Drop(_closed);
        if (community.Count == 0)
        {
            // Its entries in the queue of visits must find nothing to do, should it come back as another object.
            community.Due = long.MaxValue;
            _communities.Remove(community.Community);
            return;
        }

        Touch(community);
        community.Due = long.MaxValue;
        Schedule(community);
    }

    private void Schedule(CommunityPanes community)
    {
        var due = community.NextDue(_fired, _closed);
        if (due < community.Due)
        {
            community.Due = due;
            _visits.Enqueue(community, due);
        }
    }

    private CommunityPanes PanesOf(int community, long index)
    {
        if (_communities.TryGetValue(community, out var panes))
        {
            return OpenPanes < 2L * _maxPanes || community == _overflow || panes.Find(index) is not null ? panes : Overflow();
        }

        return OpenPanes < _maxPanes || community == _overflow ? Enter(community) : Overflow();
    }

    private CommunityPanes Overflow()
    {
        OverflowCount++;
        return _communities.GetValueOrDefault(_overflow) ?? Enter(_overflow);
    }

    private CommunityPanes Enter(int community)
    {
        var panes = new CommunityPanes(community, _grid);
        _communities.Add(community, panes);
        return panes;
    }

    private Pane Open(CommunityPanes panes, Pane pane)
    {
        panes.Insert(pane);
        OpenPanes++;
        Schedule(panes);
        return pane;
    }

    private void Touch(CommunityPanes panes)
    {
        if (!panes.IsTouched)
        {
            panes.IsTouched = true;
            _touched.Add(panes);
        }
    }

    private bool IsClosed(long index) => index + _grid.Overlap <= _closed;

    private static void CheckTime(long time)
    {
        if (time is < -MaxTime or > MaxTime)
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, "An event time has to be within 2^60 milliseconds of the epoch.");
        }
    }
}
