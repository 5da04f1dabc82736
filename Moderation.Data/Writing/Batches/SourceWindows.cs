using Moderation.Data.Writing.Statements;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Windows;

namespace Moderation.Data.Writing.Batches;

/// <summary>
/// The windows of one source while the writer's connection lives. What they hold is in the database too, in the transaction of the
/// comments it comes from; so when a transaction is rolled back, this is dropped and read again.
/// </summary>
internal sealed class SourceWindows
{
    /// <summary>Counts comments of communities beyond the most that are told apart.</summary>
    public const int OtherCommunities = 0;

    private const int Minute = 1;
    private const int Hour = 60 * Minute;
    private const int Day = 24 * Hour;

    /// <summary>The widths of the windows that are kept, in minutes.</summary>
    public static IReadOnlyList<int> Widths { get; } = [Minute, Hour, Day];

    private readonly int _source;
    private readonly WindowStatements _statements;
    private readonly WindowOperator _windows;
    private readonly Dictionary<(int Community, int Minutes, long Start), WindowTotals> _sums = [];
    private long _late;
    private long _clamped;
    private bool _changed;

    public SourceWindows(int source, WindowStatements statements, WindowOptions options)
    {
        (_source, _statements) = (source, statements);
        _windows = new WindowOperator(options, OtherCommunities);
        var greatest = statements.FindClock.Set(1, source).Scalar();
        _windows.Restore(greatest, StoredPanes(greatest is { } time ? time - Kept(options) : 0));
    }

    /// <summary>The greatest event time of the source; null before its first comment.</summary>
    public DateTimeOffset? Greatest =>
        _windows.GreatestEventTime is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    /// <summary>Counts a new comment in its windows, or as late.</summary>
    /// <returns>How far it is behind the newest of its source, in milliseconds, if it came too late for every window; else null.</returns>
    public long? Add(int community, ScoredComment comment)
    {
        var eventTime = comment.CreatedAt.ToUnixTimeMilliseconds();
        _changed = true;
        _clamped += comment.Clamped ? 1 : 0;
        if (_windows.Add(community, eventTime, WindowTotals.OfComment(comment.Probability, comment.Flagged), movesWatermark: !comment.Clamped))
        {
            return null;
        }

        _late++;
        return Math.Max(0, _windows.GreatestEventTime!.Value - eventTime);
    }

    /// <summary>Writes what changed since the last time, and gives the windows that it changed.</summary>
    public IReadOnlyList<WindowResult> Save()
    {
        if (!_changed)
        {
            return [];
        }

        _changed = false;
        foreach (var pane in _windows.TakeChangedPanes())
        {
            Write(pane.Community, Minute, pane.Start, pane.Delta);
            Sum(pane, Hour);
            Sum(pane, Day);
        }

        foreach (var (window, delta) in _sums)
        {
            Write(window.Community, window.Minutes, window.Start, delta);
        }

        _sums.Clear();
        _statements.AddToClock.Set(1, _source).Set(2, _windows.GreatestEventTime).Set(3, _late).Set(4, _clamped).Execute();
        (_late, _clamped) = (0, 0);
        return _windows.TakeResults();
    }

    private IEnumerable<WindowPane> StoredPanes(long from)
    {
        var rows = _statements.FindPanes.Set(1, _source).Set(2, from);
        while (rows.Step())
        {
            var bins = new long[ScoreHistogram.Bins];
            for (var bin = 0; bin < bins.Length; bin++)
            {
                bins[bin] = rows.GetInt64(5 + bin);
            }

            yield return new WindowPane(rows.GetInt32(0), rows.GetInt64(1), new WindowTotals
            {
                Count = rows.GetInt64(2),
                Flagged = rows.GetInt64(3),
                ScoreSum = rows.GetDouble(4),
                Histogram = ScoreHistogram.Of(bins),
            });
        }

        rows.Reset();
    }

    /// <summary>No pane that is older than this, beside its source's newest comment, is open; in milliseconds.</summary>
    public static long Kept(WindowOptions options) => (long)(options.Grace + options.Size + options.Slide).TotalMilliseconds;

    private void Sum(PaneChange pane, int minutes)
    {
        var width = minutes * TimeSpan.MillisecondsPerMinute;
        var key = (pane.Community, minutes, pane.Start / width * width);
        _sums[key] = _sums.GetValueOrDefault(key) + pane.Delta;
    }

    private void Write(int community, int minutes, long start, in WindowTotals delta)
    {
        var add = _statements.Add
            .Set(1, community).Set(2, minutes).Set(3, start).Set(4, _source)
            .Set(5, delta.Count).Set(6, delta.Flagged).Set(7, delta.ScoreSum)
            .Set(18, 0L).Set(19, 0L).Set(20, 0L);
        for (var bin = 0; bin < ScoreHistogram.Bins; bin++)
        {
            add.Set(8 + bin, delta.Histogram[bin]);
        }

        add.Execute();
    }
}
