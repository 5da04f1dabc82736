using Microsoft.Data.Sqlite;

namespace Moderation.Data.Writing.Statements;

/// <summary>All that is prepared and remembered on the writer's connection, and lives as long as it does.</summary>
internal sealed class WriterStatements(SqliteConnection connection, QueueCounter queueCounter) : IDisposable
{
    public NameKeys Keys { get; } = new(connection);

    public CommentNumbers Numbers { get; } = new(connection, queueCounter);

    public CommentStatements Comments { get; } = new(connection);

    public SourceStatements Sources { get; } = new(connection);

    public Savepoints Savepoints { get; } = new(connection);

    public void Dispose()
    {
        Keys.Dispose();
        Numbers.Dispose();
        Comments.Dispose();
        Sources.Dispose();
        Savepoints.Dispose();
    }
}
