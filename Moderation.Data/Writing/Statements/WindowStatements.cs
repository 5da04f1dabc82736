using Microsoft.Data.Sqlite;

namespace Moderation.Data.Writing.Statements;

/// <summary>The statements for windows of event time and the clocks of their sources.</summary>
internal sealed class WindowStatements : IDisposable
{
    public WindowStatements(SqliteConnection connection)
    {
        Add = new PreparedStatement(
            connection,
            """
            INSERT INTO "Windows" ("CommunityId", "Minutes", "Start", "SourceId", "Count", "Flagged", "ScoreSum",
                "Bin0", "Bin1", "Bin2", "Bin3", "Bin4", "Bin5", "Bin6", "Bin7", "Bin8", "Bin9", "Approved", "Removed", "Undone")
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
            ON CONFLICT DO UPDATE SET "Count" = "Count" + excluded."Count", "Flagged" = "Flagged" + excluded."Flagged",
                "ScoreSum" = "ScoreSum" + excluded."ScoreSum", "Bin0" = "Bin0" + excluded."Bin0", "Bin1" = "Bin1" + excluded."Bin1",
                "Bin2" = "Bin2" + excluded."Bin2", "Bin3" = "Bin3" + excluded."Bin3", "Bin4" = "Bin4" + excluded."Bin4",
                "Bin5" = "Bin5" + excluded."Bin5", "Bin6" = "Bin6" + excluded."Bin6", "Bin7" = "Bin7" + excluded."Bin7",
                "Bin8" = "Bin8" + excluded."Bin8", "Bin9" = "Bin9" + excluded."Bin9", "Approved" = "Approved" + excluded."Approved",
                "Removed" = "Removed" + excluded."Removed", "Undone" = "Undone" + excluded."Undone"
            """);

        // Community by community, each one step into the key: the table has no order by source or by time alone.
        FindPanes = new PreparedStatement(connection, OpenPanes);
        FindClock = new PreparedStatement(connection, """SELECT "Greatest" FROM "SourceClocks" WHERE "SourceId" = ?1""");
        AddToClock = new PreparedStatement(
            connection,
            """
            INSERT INTO "SourceClocks" ("SourceId", "Greatest", "Late", "Clamped") VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET "Greatest" = excluded."Greatest", "Late" = "Late" + excluded."Late", "Clamped" = "Clamped" + excluded."Clamped"
            """);
    }

    /// <summary>The minutes of a source (?1) from a moment (?2) on.</summary>
    internal const string OpenPanes =
        """
        SELECT w."CommunityId", w."Start", w."Count", w."Flagged", w."ScoreSum",
            w."Bin0", w."Bin1", w."Bin2", w."Bin3", w."Bin4", w."Bin5", w."Bin6", w."Bin7", w."Bin8", w."Bin9"
        FROM (SELECT 0 AS "Id" UNION ALL SELECT "Id" FROM "Communities") AS c
        CROSS JOIN "Windows" AS w ON w."CommunityId" = c."Id" AND w."Minutes" = 1 AND w."Start" >= ?2
        WHERE w."SourceId" = ?1 AND w."Count" > 0
        """;

    public PreparedStatement Add { get; }

    public PreparedStatement FindPanes { get; }

    public PreparedStatement FindClock { get; }

    public PreparedStatement AddToClock { get; }

    public void Dispose()
    {
        Add.Dispose();
        FindPanes.Dispose();
        FindClock.Dispose();
        AddToClock.Dispose();
    }
}
