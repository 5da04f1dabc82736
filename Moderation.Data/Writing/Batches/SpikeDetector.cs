using Microsoft.Data.Sqlite;

using Moderation.Data.Schema;
using Moderation.Data.Writing.Statements;
using Moderation.Pipeline.Windows;
using Moderation.Pipeline.Windows.Spikes;

namespace Moderation.Data.Writing.Batches;

/// <summary>
/// Holds windows that changed against their community's own history, over all its sources, and raises a spike in the
/// transaction that made the window stand out. A window need not be over: what it has so far can only grow.
/// </summary>
internal sealed class SpikeDetector : IDisposable
{
    /// <summary>Most histories that are held in memory.</summary>
    private const int MostHistories = 1_000;

    /// <summary>Most windows of a community that are judged in one transaction.</summary>
    private const int MostJudged = 4;

    /// <summary>Older windows are history: an import of last year is no raid.</summary>
    private static readonly long _longestAgo = (long)TimeSpan.FromHours(1).TotalMilliseconds;

    /// <summary>A window that stands out this soon behind the last one belongs to the same raid.</summary>
    private static readonly long _longestPause = (long)TimeSpan.FromMinutes(15).TotalMilliseconds;

    /// <summary>After this long without a comment a community's history begins anew.</summary>
    private static readonly long _longestSilence = (long)TimeSpan.FromHours(12).TotalMilliseconds;

    private readonly SpikeStatements _statements;
    private readonly OutboxStatements _outbox;
    private readonly SpikeOptions _options;
    private readonly SpikeRule _rule;

    /// <summary>The histories of windows judged before, so that the work of a window is done once.</summary>
    private readonly Dictionary<(int Community, long Start), long[]> _histories = [];

    public SpikeDetector(SqliteConnection connection, OutboxStatements outbox, SpikeOptions options)
    {
        (_statements, _outbox, _options, _rule) = (new SpikeStatements(connection), outbox, options, new SpikeRule(options));
    }

    /// <param name="now">Milliseconds since the epoch.</param>
    public void Consider(IReadOnlyList<WindowResult> windows, long now)
    {
        var recent = windows.Where(window =>
            window.Community != SourceWindows.OtherCommunities && window.Totals.Flagged > 0 && window.End > now - _longestAgo);
        foreach (var community in recent.GroupBy(window => window.Community))
        {
            foreach (var window in Tallest(community))
            {
                Judge(window, now);
            }
        }
    }

    public void Dispose() => _statements.Dispose();

    /// <summary>
    /// Windows overlap, and a raid stands out most in the one that holds most of it: those with the most flagged comments that have
    /// none in common, in order of time.
    /// </summary>
    private static IEnumerable<WindowResult> Tallest(IEnumerable<WindowResult> windows)
    {
        var chosen = new List<WindowResult>();
        foreach (var window in windows.OrderByDescending(window => window.Totals.Flagged))
        {
            if (chosen.Count < MostJudged && chosen.TrueForAll(other => window.Start >= other.End || other.Start >= window.End))
            {
                chosen.Add(window);
            }
        }

        return chosen.OrderBy(window => window.Start);
    }

    private void Judge(in WindowResult window, long now)
    {
        var flagged = Flagged(window.Community, window.Start, window.End).Sum(static row => row.Flagged);
        if (flagged < _options.Minimum)
        {
            return;
        }

        var verdict = _rule.Judge(History(window), flagged);
        if (!verdict.Alarm)
        {
            return;
        }

        if (Last(window.Community) is { } last && window.Start <= last.End + _longestPause && window.End > last.End - _longestPause)
        {
            _statements.Grow.Set(1, last.Id).Set(2, window.End).Set(3, flagged).Set(4, verdict.Expected!.Value).Set(5, verdict.Z).Execute();
            return;
        }

        var id = _statements.Add
            .Set(1, window.Community).Set(2, window.Start).Set(3, window.End).Set(4, flagged)
            .Set(5, verdict.Expected!.Value).Set(6, verdict.Z).Set(7, now)
            .Scalar()!.Value;
        _outbox.Add(OutboxTopic.Spike, id, now);
    }

    private long[] History(in WindowResult window)
    {
        if (_histories.TryGetValue((window.Community, window.Start), out var known))
        {
            return known;
        }

        var size = window.End - window.Start;
        var rows = Flagged(window.Community, window.Start - (size * _options.MaximumHistory), window.Start);
        var history = SpikeHistory.Before(FirstSeen(rows, window.Start), window.Start, size, _options.MaximumHistory, rows);
        if (_histories.Count >= MostHistories)
        {
            _histories.Clear();
        }

        _histories[(window.Community, window.Start)] = history;
        return history;
    }

    /// <summary>
    /// Behind the last long silence, when the desk was off, or the community was new or as good as: what predicts nothing is no history.
    /// </summary>
    private static long FirstSeen(List<(long Start, long Flagged)> rows, long start)
    {
        var first = start;
        for (var i = rows.Count - 1; i >= 0 && first - rows[i].Start < _longestSilence; i--)
        {
            first = rows[i].Start;
        }

        return first;
    }

    private List<(long Start, long Flagged)> Flagged(int community, long from, long to)
    {
        var rows = new List<(long, long)>();
        var find = _statements.FindFlagged.Set(1, community).Set(2, from).Set(3, to);
        while (find.Step())
        {
            rows.Add((find.GetInt64(0), find.GetInt64(1)));
        }

        find.Reset();
        return rows;
    }

    private (long Id, long End)? Last(int community)
    {
        var find = _statements.FindLast.Set(1, community);
        (long, long)? last = find.Step() ? (find.GetInt64(0), find.GetInt64(1)) : null;
        find.Reset();
        return last;
    }
}
