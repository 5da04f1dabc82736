using Microsoft.Data.Sqlite;

using Moderation.Data.Writing;

namespace Moderation.Data.Reading;

/// <summary>Connections for reading by statement, below EF Core. They cannot write, and wait a second at most for a lock.</summary>
internal static class ReadOnlyConnection
{
    /// <summary>
    /// Opens one of its own, not from the pool: a file that is replaced is another one for the next reader. The file is opened for
    /// writing all the same, as a reader of a write-ahead log may have to make the file's shared memory.
    /// </summary>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA query_only = ON; PRAGMA busy_timeout = 1000;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
