using Microsoft.Data.Sqlite;

namespace Moderation.Data.Writing.Statements;

/// <summary>The statements for possible raids: a community's history of flagged comments, and what was raised of it.</summary>
internal sealed class SpikeStatements : IDisposable
{
    /// <summary>Flagged comments of a community (?1) between two moments (?2, ?3), by minute with any comment, and source.</summary>
    internal const string FlaggedByMinute =
        """
        SELECT "Start", "Flagged" FROM "Windows" WHERE "CommunityId" = ?1 AND "Minutes" = 1 AND "Start" >= ?2 AND "Start" < ?3 AND "Count" > 0
        ORDER BY "Start"
        """;

    /// <summary>The last spike of a community (?1).</summary>
    internal const string LastSpike =
        """SELECT "Id", "End" FROM "Spikes" WHERE "CommunityId" = ?1 ORDER BY "Id" DESC LIMIT 1""";

    public SpikeStatements(SqliteConnection connection)
    {
        FindFlagged = new PreparedStatement(connection, FlaggedByMinute);
        FindLast = new PreparedStatement(connection, LastSpike);
        Add = new PreparedStatement(
            connection,
            """
            INSERT INTO "Spikes" ("CommunityId", "Start", "End", "Flagged", "Expected", "Deviation", "RaisedAt")
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING "Id"
            """);
        Grow = new PreparedStatement(
            connection,
            """
            UPDATE "Spikes" SET "End" = MAX("End", ?2),
                "Expected" = CASE WHEN ?3 > "Flagged" THEN ?4 ELSE "Expected" END,
                "Deviation" = CASE WHEN ?3 > "Flagged" THEN ?5 ELSE "Deviation" END,
                "Flagged" = MAX("Flagged", ?3)
            WHERE "Id" = ?1
            """);
    }

    public PreparedStatement FindFlagged { get; }

    public PreparedStatement FindLast { get; }

    public PreparedStatement Add { get; }

    public PreparedStatement Grow { get; }

    public void Dispose()
    {
        FindFlagged.Dispose();
        FindLast.Dispose();
        Add.Dispose();
        Grow.Dispose();
    }
}
