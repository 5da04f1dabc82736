using Microsoft.Data.Sqlite;

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

    public SourceWindows Of(int source)
    {
        if (!_sources.TryGetValue(source, out var windows))
        {
            // Callers of the API choose their sources; all that is kept here can be read again.
            if (_sources.Count >= MostSources)
            {
                Save();
                _sources.Clear();
            }

            _sources[source] = windows = new SourceWindows(source, _statements, options);
        }

        return windows;
    }

    /// <summary>Writes what changed, and gives the windows that it changed.</summary>
    public IReadOnlyList<WindowResult> Save() => [.. _sources.Values.SelectMany(source => source.Save())];

    public void Dispose() => _statements.Dispose();
}
