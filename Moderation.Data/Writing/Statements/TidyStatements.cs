using Microsoft.Data.Sqlite;

namespace Moderation.Data.Writing.Statements;

/// <summary>Deletes what has done its work, at most so many rows at once.</summary>
internal sealed class TidyStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>
    /// Windows of a community (?1) and a width (?2) from before a moment (?3), at most ?5 of them. Those that may still be open, because
    /// their source has come less than ?4 milliseconds further, stay: the writer reads them again at its next start. Those that hold only decisions never are.
    /// </summary>
    internal const string OldWindows =
        """
        SELECT w."CommunityId", w."Minutes", w."Start", w."SourceId" FROM "Windows" AS w
        LEFT JOIN "SourceClocks" AS c ON c."SourceId" = w."SourceId"
        WHERE w."CommunityId" = ?1 AND w."Minutes" = ?2 AND w."Start" < ?3 AND (w."Count" = 0 OR c."Greatest" IS NULL OR w."Start" < c."Greatest" - ?4)
        LIMIT ?5
        """;

    /// <summary>Events that every reader has announced (?1 is a moment), at most ?2 of them.</summary>
    internal const string OldEvents =
        """
        SELECT "Id" FROM "Outbox" WHERE "Id" <= (SELECT MIN("Position") FROM "OutboxReaders") AND "At" < ?1 ORDER BY "Id" LIMIT ?2
        """;

    private readonly PreparedStatement _windows = new(
        connection, $"""DELETE FROM "Windows" WHERE ("CommunityId", "Minutes", "Start", "SourceId") IN ({OldWindows})""");

    private readonly PreparedStatement _events = new(connection, $"""DELETE FROM "Outbox" WHERE "Id" IN ({OldEvents})""");

    /// <returns>How many rows were deleted.</returns>
    public int DeleteWindows(int community, int minutes, long before, long open, int most) =>
        _windows.Set(1, community).Set(2, minutes).Set(3, before).Set(4, open).Set(5, most).Execute();

    /// <returns>How many rows were deleted.</returns>
    public int DeleteEvents(long before, int most) => _events.Set(1, before).Set(2, most).Execute();

    public void Dispose()
    {
        _windows.Dispose();
        _events.Dispose();
    }
}
