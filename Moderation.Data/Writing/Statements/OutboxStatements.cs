using Microsoft.Data.Sqlite;

using Moderation.Data.Schema;

namespace Moderation.Data.Writing.Statements;

/// <summary>Leaves word in the outbox of what others must be told.</summary>
internal sealed class OutboxStatements(SqliteConnection connection) : IDisposable
{
    private readonly PreparedStatement _add =
        new(connection, """INSERT INTO "Outbox" ("Topic", "SubjectId", "At") VALUES (?1, ?2, ?3)""");

    private readonly PreparedStatement _setPosition = new(
        connection,
        """INSERT INTO "OutboxReaders" ("Name", "Position") VALUES (?1, ?2) ON CONFLICT DO UPDATE SET "Position" = excluded."Position" """);

    /// <param name="subject">The comment or the spike.</param>
    /// <param name="at">Milliseconds since the epoch.</param>
    public void Add(OutboxTopic topic, long subject, long at) => _add.Set(1, (int)topic).Set(2, subject).Set(3, at).Execute();

    /// <summary>Keeps how far a reader of the outbox has come.</summary>
    public bool SetPosition(string reader, long position) => _setPosition.Set(1, reader).Set(2, position).Execute() == 1;

    public void Dispose()
    {
        _add.Dispose();
        _setPosition.Dispose();
    }
}
