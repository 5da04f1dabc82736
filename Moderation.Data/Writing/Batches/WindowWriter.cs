using Microsoft.Data.Sqlite;

using Moderation.Data.Schema;
using Moderation.Data.Writing.Statements;
using Moderation.Pipeline.Windows;

namespace Moderation.Data.Writing.Batches;

/// <summary>The windows of all sources that wrote on this connection, saved at the end of each transaction.</summary>
internal sealed class WindowWriter(SqliteConnection connection, WindowOptions options) : IDisposable
{
    /// <summary>Most sources whose windows are held in memory.</summary>
    private const int MostSources = 1_000;

    private readonly WindowStatements _statements = new(connection);
    private readonly Dictionary<int, SourceWindows> _sources = [];

    /// <summary>Results of sources that were let go of since the last <see cref="Save"/>.</summary>
    private readonly List<WindowResult> _judgedLater = [];

    public SourceWindows Of(int source)
    {
        if (!_sources.TryGetValue(source, out var windows))
        {
            // Callers of the API choose their sources; all that is kept here can be read again.
            if (_sources.Count >= MostSources)
            {
                _judgedLater.AddRange(SaveAll());
                _sources.Clear();
            }

            _sources[source] = windows = new SourceWindows(source, _statements, options);
        }

        return windows;
    }

    /// <summary>Writes what changed, and gives the windows that it changed.</summary>
    public IReadOnlyList<WindowResult> Save()
    {
        List<WindowResult> results = [.. _judgedLater, .. SaveAll()];
        _judgedLater.Clear();
        return results;
    }

    /// <summary>Counts a decision in the windows of the time at which it was made; when the comment was written does not matter.</summary>
    /// <param name="at">Milliseconds since the epoch.</param>
    public void CountDecision(int source, int community, DecisionAction action, long at)
    {
        foreach (var minutes in SourceWindows.Widths)
        {
            var width = minutes * TimeSpan.MillisecondsPerMinute;
            var add = _statements.Add.Set(1, community).Set(2, minutes).Set(3, at / width * width).Set(4, source);
            for (var column = 5; column <= 17; column++)
            {
                add.Set(column, 0L);
            }

            add.Set(18, action == DecisionAction.Approve).Set(19, action == DecisionAction.Remove).Set(20, action == DecisionAction.Undo).Execute();
        }
    }

    public void Dispose() => _statements.Dispose();

    private IEnumerable<WindowResult> SaveAll() => _sources.Values.SelectMany(source => source.Save());
}
