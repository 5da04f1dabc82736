using Microsoft.Data.Sqlite;

namespace Moderation.Data.Writing.Statements;

/// <summary>The statements for comments, their texts and predictions.</summary>
/// <remarks>EF Core's model and migrations own the schema; these only fill it, several times as fast.</remarks>
internal sealed class CommentStatements : IDisposable
{
    public CommentStatements(SqliteConnection connection)
    {
        Add = new PreparedStatement(
            connection,
            """
            INSERT INTO "Comments" ("Id", "SourceId", "ExternalId", "CommunityId", "AuthorId", "ThreadId", "ParentId", "Url",
                "Score", "CreatedAt", "ReceivedAt", "Version", "TextVersion", "Status", "Probability", "Threshold", "Flagged",
                "ModelId", "QueueNumber", "EditedAfterDecision")
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1, 1, ?12, ?13, ?14, ?15, ?16, ?17, 0)
            ON CONFLICT ("SourceId", "ExternalId") DO NOTHING
            """);
        AddText = new PreparedStatement(
            connection, """INSERT INTO "CommentTexts" ("CommentId", "TextVersion", "ReceivedAt", "Body") VALUES (?1, ?2, ?3, ?4)""");
        AddPrediction = new PreparedStatement(
            connection,
            """
            INSERT INTO "Predictions" ("CommentId", "TextVersion", "ModelId", "Probability", "Threshold", "ScoredAt")
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """);
        AddPredictionOnce = new PreparedStatement(
            connection,
            """
            INSERT INTO "Predictions" ("CommentId", "TextVersion", "ModelId", "Probability", "Threshold", "ScoredAt")
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT ("CommentId", "TextVersion", "ModelId") DO NOTHING
            """);
        Find = new PreparedStatement(
            connection,
            """
            SELECT c."Id", c."TextVersion", c."Status", c."WithdrawnAt", c."QueueNumber", t."Body"
            FROM "Comments" AS c JOIN "CommentTexts" AS t ON t."CommentId" = c."Id" AND t."TextVersion" = c."TextVersion"
            WHERE c."SourceId" = ?1 AND c."ExternalId" = ?2
            """);
        Edit = new PreparedStatement(
            connection,
            """
            UPDATE "Comments" SET "Version" = "Version" + 1, "TextVersion" = ?2, "Status" = ?3, "Probability" = ?4,
                "Threshold" = ?5, "Flagged" = ?6, "ModelId" = ?7, "QueueNumber" = ?8, "EditedAfterDecision" = "DecisionId" IS NOT NULL
            WHERE "Id" = ?1
            """);
        Withdraw = new PreparedStatement(
            connection, """UPDATE "Comments" SET "Version" = "Version" + 1, "Status" = ?2, "WithdrawnAt" = ?3 WHERE "Id" = ?1""");
        MarkLate = new PreparedStatement(connection, """UPDATE "Comments" SET "LateBy" = ?2 WHERE "Id" = ?1""");
    }

    public PreparedStatement Add { get; }

    public PreparedStatement AddText { get; }

    public PreparedStatement AddPrediction { get; }

    /// <summary>For a text that may have it.</summary>
    public PreparedStatement AddPredictionOnce { get; }

    public PreparedStatement Find { get; }

    public PreparedStatement Edit { get; }

    public PreparedStatement Withdraw { get; }

    public PreparedStatement MarkLate { get; }

    public void Dispose()
    {
        Add.Dispose();
        AddText.Dispose();
        AddPrediction.Dispose();
        AddPredictionOnce.Dispose();
        Find.Dispose();
        Edit.Dispose();
        Withdraw.Dispose();
        MarkLate.Dispose();
    }
}
