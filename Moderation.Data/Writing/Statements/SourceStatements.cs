using Microsoft.Data.Sqlite;

namespace Moderation.Data.Writing.Statements;

/// <summary>The statements for how far a source has come and what could not be read of it.</summary>
internal sealed class SourceStatements : IDisposable
{
    public SourceStatements(SqliteConnection connection)
    {
        AddDeadLetter = new PreparedStatement(
            connection, """INSERT INTO "DeadLetters" ("SourceId", "Place", "Reason", "Original", "At") VALUES (?1, ?2, ?3, ?4, ?5)""");
        SetCheckpoint = new PreparedStatement(
            connection,
            """
            INSERT INTO "Checkpoints" ("SourceId", "Position", "At") VALUES (?1, ?2, ?3)
            ON CONFLICT ("SourceId") DO UPDATE SET "Position" = excluded."Position", "At" = excluded."At"
            """);
    }

    public PreparedStatement AddDeadLetter { get; }

    public PreparedStatement SetCheckpoint { get; }

    public void Dispose()
    {
        AddDeadLetter.Dispose();
        SetCheckpoint.Dispose();
    }
}
