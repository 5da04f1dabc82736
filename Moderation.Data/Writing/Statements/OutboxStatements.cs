using Microsoft.Data.Sqlite;

using Moderation.Data.Schema;

namespace Moderation.Data.Writing.Statements;

/// <summary>Leaves word in the outbox of what others must be told.</summary>
internal sealed class OutboxStatements(SqliteConnection connection) : IDisposable
{
    private readonly PreparedStatement _add =
        new(connection, """INSERT INTO "Outbox" ("Topic", "SubjectId", "At") VALUES (?1, ?2, ?3)""");

    /// <param name="subject">The comment or the spike.</param>
    /// <param name="at">Milliseconds since the epoch.</param>
    public void Add(OutboxTopic topic, long subject, long at) => _add.Set(1, (int)topic).Set(2, subject).Set(3, at).Execute();

    public void Dispose() => _add.Dispose();
}
