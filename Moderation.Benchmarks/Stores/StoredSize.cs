using Microsoft.Data.Sqlite;

namespace Moderation.Benchmarks.Stores;

/// <summary>How much of a database file a table or an index takes.</summary>
/// <param name="Bytes">Of its pages, free space in them included.</param>
internal sealed record StoredSize(string Name, long Bytes)
{
    /// <summary>Every table and index of a database that nobody has open, the largest first.</summary>
    public static IReadOnlyList<StoredSize> Of(string database)
    {
        using var walk = new PageWalk(database);
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0 UNION ALL SELECT 'sqlite_master', 1";
        using var reader = command.ExecuteReader();
        var sizes = new List<StoredSize>();
        while (reader.Read())
        {
            sizes.Add(new StoredSize(reader.GetString(0), walk.Count(reader.GetInt64(1)) * walk.PageSize));
        }

        return [.. sizes.OrderByDescending(size => size.Bytes)];
    }
}
