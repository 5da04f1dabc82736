using Microsoft.Data.Sqlite;

namespace Moderation.Benchmarks.Crash;

/// <summary>The desk's database, read from outside.</summary>
internal sealed class DeskDatabase : IDisposable
{
    private readonly SqliteConnection _connection;

    public DeskDatabase(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false,
        }.ToString());
        _connection.Open();
    }

    /// <param name="sql">A constant of this program.</param>
    public IEnumerable<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The callers pass constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return read(reader);
        }
    }

    /// <param name="sql">A constant of this program.</param>
    public long Number(string sql) => Rows(sql, static row => row.GetInt64(0)).Single();

    public void Dispose() => _connection.Dispose();
}
