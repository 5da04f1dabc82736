using Microsoft.Data.Sqlite;

namespace Moderation.Data.Writing.Statements;

/// <summary>The statements for how far a source has come and what could not be read of it.</summary>
internal sealed class SourceStatements : IDisposable
{
    public SourceStatements(SqliteConnection connection)
    {
        AddDeadLetter = new PreparedStatement(
            connection,
            """
            INSERT INTO "DeadLetters" ("SourceId", "Place", "Reason", "Original", "At", "Form", "Header", "Number", "TextColumn", "Cut")
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """);
        FindOpenDeadLetter = new PreparedStatement(
            connection, """SELECT "Id" FROM "DeadLetters" WHERE "Id" = ?1 AND "ClosedAt" IS NULL""");
        CloseDeadLetter = new PreparedStatement(
            connection, """UPDATE "DeadLetters" SET "ClosedAt" = ?2, "CommentId" = ?3 WHERE "Id" = ?1 AND "ClosedAt" IS NULL""");
        FailDeadLetter = new PreparedStatement(
            connection, """UPDATE "DeadLetters" SET "Attempts" = "Attempts" + 1, "Reason" = ?2 WHERE "Id" = ?1 AND "ClosedAt" IS NULL""");
        SetCheckpoint = new PreparedStatement(
            connection,
            """
            INSERT INTO "Checkpoints" ("SourceId", "Position", "At") VALUES (?1, ?2, ?3)
            ON CONFLICT ("SourceId") DO UPDATE SET "Position" = excluded."Position", "At" = excluded."At"
            """);
    }

    public PreparedStatement AddDeadLetter { get; }

    public PreparedStatement FindOpenDeadLetter { get; }

    public PreparedStatement CloseDeadLetter { get; }

    public PreparedStatement FailDeadLetter { get; }

    public PreparedStatement SetCheckpoint { get; }

    public void Dispose()
    {
        AddDeadLetter.Dispose();
        FindOpenDeadLetter.Dispose();
        CloseDeadLetter.Dispose();
        FailDeadLetter.Dispose();
        SetCheckpoint.Dispose();
    }
}
