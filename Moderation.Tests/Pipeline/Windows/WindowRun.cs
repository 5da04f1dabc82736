using Moderation.Pipeline.Windows;

namespace Moderation.Tests.Pipeline.Windows;

/// <summary>An operator with what its caller would store, so that it can be stopped and started between any two events.</summary>
internal sealed class WindowRun(WindowOptions options, int maxPanes = WindowOperator.DefaultMaxPanes)
{
    public const int Others = 0;

    private readonly Dictionary<(int Community, long Start), WindowTotals> _panes = [];
    private long _overflowBefore;

    public WindowOperator Operator { get; private set; } = new(options, Others, maxPanes);

    /// <summary>The last value of every window that was reported.</summary>
    public Dictionary<(int Community, long Start, long End), WindowTotals> Values { get; } = [];

    public List<PaneChange> Changes { get; } = [];

    public long Late { get; private set; }

    public long Overflowed => _overflowBefore + Operator.OverflowCount;

    public int StoredPanes => _panes.Count;

    /// <summary>The counts of the windows that are closed, by their start.</summary>
    public IReadOnlyList<(long Start, long End, long Count)> Finals => Counts(static (end, closed) => end <= closed);

    /// <summary>The counts of the windows that are still open, by their start.</summary>
    public IReadOnlyList<(long Start, long End, long Count)> Open => Counts(static (end, closed) => end > closed);

    public bool Add(WindowEvent entry)
    {
        var accepted = Operator.Add(entry.Community, entry.Time, entry.One, entry.Moves);
        Late += accepted ? 0 : 1;
        return accepted;
    }

    public bool Add(long time, int community = 1, bool moves = true) => Add(WindowEvent.At(time, community, moves));

    /// <summary>What a commit does: takes results and changes, keeps the panes that are still open.</summary>
    public IReadOnlyList<WindowResult> Commit()
    {
        var results = Operator.TakeResults();
        foreach (var result in results)
        {
            Values[(result.Community, result.Start, result.End)] = result.Totals;
        }

        foreach (var change in Operator.TakeChangedPanes())
        {
            Changes.Add(change);
            _panes[(change.Community, change.Start)] = change.Totals;
        }

        foreach (var closed in _panes.Keys.Where(pane => pane.Start < Operator.OpenFrom).ToList())
        {
            _panes.Remove(closed);
        }

        return results;
    }

    /// <summary>A stop and a start behind a commit.</summary>
    public void Restart()
    {
        _overflowBefore = Overflowed;
        var next = new WindowOperator(options, Others, maxPanes);
        next.Restore(Operator.GreatestEventTime, _panes.Select(static pane => new WindowPane(pane.Key.Community, pane.Key.Start, pane.Value)));
        Operator = next;
    }

    private List<(long Start, long End, long Count)> Counts(Func<long, long, bool> chosen)
    {
        var closed = Operator.GreatestEventTime - (long)options.Grace.TotalMilliseconds ?? long.MinValue;
        return [.. Values.Where(value => chosen(value.Key.End, closed)).OrderBy(static value => value.Key).Select(static value => (value.Key.Start, value.Key.End, value.Value.Count))];
    }
}
