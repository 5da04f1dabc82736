using Microsoft.Data.Sqlite;

using Moderation.Data.DataDirectories;
using Moderation.Data.Reading;
using Moderation.Data.Writing;

namespace Moderation.Data.Searching;

/// <summary>Finds comments by the words of their newest text, newest first, never by rank.</summary>
public sealed class SearchReader(DataDirectory directory, SearchStatus status, TimeProvider time)
{
    /// <summary>Longest text of a search, in characters.</summary>
    public const int LongestText = SearchQuery.LongestText;

    /// <summary>Newest first; one row a table of the index.</summary>
    internal const string Shards = """SELECT "Number" FROM "Shards" WHERE "Number" <= $shard ORDER BY "Number" DESC""";

    /// <summary>
    /// A page looks into no further table of the index when this is over: some tens of milliseconds can be added to it,
    /// which the last table may cost.
    /// </summary>
    public static TimeSpan Budget { get; } = TimeSpan.FromMilliseconds(200);

    /// <param name="text">As a person typed it: words, phrases in quotes, a star for the rest of a word. Anything else is taken as text.</param>
    /// <param name="before">Only comments with a smaller id; null for all.</param>
    /// <param name="limit">1 to 1,000.</param>
    public Task<SearchPage> SearchAsync(string? text, long? before, int limit, CancellationToken cancellationToken) =>
        Task.Run(() => Search(text, before, limit, cancellationToken), cancellationToken);

    /// <summary>On the caller's thread.</summary>
    internal SearchPage Search(string? text, long? before, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        var query = SearchQuery.Parse(text);
        if (query.Expression is not { } expression)
        {
            return Nothing(query.Reason!);
        }

        if (!File.Exists(directory.SearchPath))
        {
            return Nothing("The search index is not built yet.");
        }

        try
        {
            using var connection = ReadOnlyConnection.Open(directory.SearchPath);
            connection.Execute("PRAGMA mmap_size = 268435456");
            return Search(connection, expression, before ?? long.MaxValue, limit, cancellationToken);
        }
        catch (SqliteException e)
        {
            if (e.IsCorruption())
            {
                status.ReportDamage();
                return Nothing("The search index is damaged and is made anew. Search again in a while.");
            }

            return Nothing($"The search index cannot be read: {e.Describe()}");
        }
    }

    /// <param name="shard">Its number.</param>
    internal static string Hits(long shard) =>
        $"""SELECT "rowid" FROM "{SearchShard.Table(shard)}" WHERE "{SearchShard.Table(shard)}" MATCH $words AND "rowid" < $before ORDER BY "rowid" DESC LIMIT $limit""";

    private SearchPage Search(SqliteConnection connection, string expression, long before, int limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var ids = new List<long>();
        long? lookedAt = null;
        foreach (var shard in ReadShards(connection, before))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (lookedAt is { } last && time.GetElapsedTime(started) > Budget)
            {
                return Page(ids, SearchShard.FirstId(last), budgetSpent: true);
            }

            // One more than fits tells whether there is another page.
            Collect(connection, shard, expression, before, limit + 1 - ids.Count, ids);
            if (ids.Count > limit)
            {
                ids.RemoveAt(limit);
                return Page(ids, ids[^1], budgetSpent: false);
            }

            lookedAt = shard;
        }

        return Page(ids, null, budgetSpent: false);
    }

    private static List<long> ReadShards(SqliteConnection connection, long before)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Shards;
        command.Parameters.AddWithValue("$shard", SearchShard.Of(Math.Max(0, before - 1)));
        using var reader = command.ExecuteReader();
        var shards = new List<long>();
        while (reader.Read())
        {
            shards.Add(reader.GetInt64(0));
        }

        return shards;
    }

    private static void Collect(SqliteConnection connection, long shard, string expression, long before, int most, List<long> ids)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A name made from a number; the words are a parameter.
        command.CommandText = Hits(shard);
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$words", expression);
        command.Parameters.AddWithValue("$before", before);
        command.Parameters.AddWithValue("$limit", most);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            ids.Add(reader.GetInt64(0));
        }
    }

    private SearchPage Page(List<long> ids, long? next, bool budgetSpent) => new(ids, next, budgetSpent, null, status.Read().Behind);

    private SearchPage Nothing(string reason) => new([], null, false, reason, status.Read().Behind);
}
