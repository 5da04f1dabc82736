using System.Diagnostics;

using Microsoft.Data.Sqlite;

using Moderation.Benchmarks.Measuring;
using Moderation.Pipeline.Flow;

namespace Moderation.Benchmarks.Stores;

/// <summary>
/// The rows of a finished database, inserted into a fresh file with the same tables and indexes by prepared statements and
/// nothing else: what the flow is measured beside. They are bound straight to SQLite, the fastest way there is from here.
/// </summary>
/// <remarks>
/// The rows of a comment go into their tables together, as the flow writes them; those of other tables follow in step, and
/// the checkpoints are written once a transaction. Only the inserting is timed, not the reading.
/// </remarks>
internal sealed class BareInserts : IDisposable
{
    private const string Checkpoints = "Checkpoints";
    private const string Comments = "Comments";

    private readonly SqliteConnection _from;
    private readonly SqliteConnection _to;
    private readonly List<StoredTable> _tables;
    private readonly Dictionary<string, BareStatement> _inserts;
    private readonly List<object[]> _checkpoints = [];
    private readonly Stopwatch _wall = new();
    private double _processor;

    private BareInserts(string from, string to)
    {
        _from = Open(from, SqliteOpenMode.ReadOnly);
        _to = Open(to, SqliteOpenMode.ReadWriteCreate);
        CopySchema();
        _tables = [.. Names().Select(name => StoredTable.Open(_from, name))];
        _inserts = _tables.ToDictionary(table => table.Name, Prepare);
    }

    /// <returns>Comments, and the seconds that inserting them took.</returns>
    public static Lap Run(string from, string to, CancellationToken stop)
    {
        using var inserts = new BareInserts(from, to);
        return inserts.Run(stop);
    }

    public void Dispose()
    {
        foreach (var insert in _inserts.Values)
        {
            insert.Dispose();
        }

        _tables.ForEach(table => table.Dispose());
        _from.Dispose();
        _to.Dispose();
    }

    private Lap Run(CancellationToken stop)
    {
        var options = new PipelineOptions();

        // The flow takes whole batches until the size is reached.
        var size = (options.CommitSize + options.BatchSize - 1) / options.BatchSize * options.BatchSize;
        var comments = _tables.Single(table => table.Name == Comments);
        for (var checkpoints = _tables.Find(table => table.Name == Checkpoints); checkpoints is { HasRow: true };)
        {
            _checkpoints.Add(checkpoints.Take());
        }

        var rows = new List<(BareStatement Insert, object[] Values)>();
        AddParents(rows);
        for (long done = 0; comments.HasRow;)
        {
            stop.ThrowIfCancellationRequested();
            for (var i = 0; i < size && comments.HasRow; i++)
            {
                AddOthers(rows, ++done, comments.Rows);
                AddComment(rows, comments);
            }

            Insert(rows);
            rows.Clear();
        }

        return new Lap(comments.Rows, _wall.Elapsed.TotalSeconds, _processor);
    }

    /// <summary>What other rows refer to must stand before them.</summary>
    private void AddParents(List<(BareStatement Insert, object[] Values)> rows)
    {
        var parents = _tables.SelectMany(table => StoredTable.Read(_from, $"SELECT \"table\" FROM pragma_foreign_key_list('{table.Name}')")).ToHashSet();
        foreach (var table in _tables.Where(table => parents.Contains(table.Name) && !table.IsOfComments))
        {
            while (table.HasRow)
            {
                rows.Add((_inserts[table.Name], table.Take()));
            }
        }
    }

    /// <summary>Rows of no comment, spread evenly.</summary>
    private void AddOthers(List<(BareStatement Insert, object[] Values)> rows, long comment, long comments)
    {
        foreach (var table in _tables.Where(table => !table.IsOfComments && table.HasRow))
        {
            for (var due = (comment * table.Rows / comments) - ((comment - 1) * table.Rows / comments); due > 0 && table.HasRow; due--)
            {
                rows.Add((_inserts[table.Name], table.Take()));
            }
        }
    }

    private void AddComment(List<(BareStatement Insert, object[] Values)> rows, StoredTable comments)
    {
        var id = comments.Comment;
        rows.Add((_inserts[comments.Name], comments.Take()));
        foreach (var table in _tables.Where(table => table.IsOfComments && table != comments))
        {
            while (table.HasRow && table.Comment == id)
            {
                rows.Add((_inserts[table.Name], table.Take()));
            }
        }
    }

    private void Insert(List<(BareStatement Insert, object[] Values)> rows)
    {
        var processor = ProcessorClock.Seconds;
        _wall.Start();
        using (var transaction = _to.BeginTransaction(deferred: false))
        {
            foreach (var (insert, values) in rows)
            {
                insert.Insert(values);
            }

            _checkpoints.ForEach(_inserts[Checkpoints].Insert);
            transaction.Commit();
        }

        _wall.Stop();
        _processor += ProcessorClock.Seconds - processor;
    }

    private void CopySchema()
    {
        // As the product's writer has it, but for what a setting of its own would change.
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;");
        foreach (var type in new[] { "table", "index" })
        {
            StoredTable.Read(_from, $"SELECT sql FROM sqlite_master WHERE type = '{type}' AND sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'").ForEach(Execute);
        }
    }

    private List<string> Names() => StoredTable.Read(
        _from, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");

    private BareStatement Prepare(StoredTable table)
    {
        var verb = table.Name == Checkpoints ? "INSERT OR REPLACE" : "INSERT";
        return new BareStatement(_to, $"{verb} INTO \"{table.Name}\" VALUES ({string.Join(", ", Enumerable.Range(1, table.Columns).Select(i => $"?{i}"))})");
    }

    private void Execute(string sql)
    {
        using var command = _to.CreateCommand();
#pragma warning disable CA2100 // Constants, and the schema of the product's own database.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
