using Microsoft.Data.Sqlite;

namespace Moderation.Data.Writing.Statements;

/// <summary>A place inside a transaction to which it can be rolled back.</summary>
internal sealed class Savepoints(SqliteConnection connection) : IDisposable
{
    public PreparedStatement Begin { get; } = new(connection, "SAVEPOINT one");

    public PreparedStatement RollBack { get; } = new(connection, "ROLLBACK TO one");

    public PreparedStatement Release { get; } = new(connection, "RELEASE one");

    public void Dispose()
    {
        Begin.Dispose();
        RollBack.Dispose();
        Release.Dispose();
    }
}
