using Microsoft.Data.Sqlite;

using Moderation.Data.DataDirectories;
using Moderation.Data.Searching;
using Moderation.Tests.Support;

namespace Moderation.Tests.Data.Searching;

/// <summary>Short ways to index, to search and to look into the index's file.</summary>
internal static class SearchExtensions
{
    /// <summary>A text of a comment whose place in the feed is its id.</summary>
    public static IndexedText Text(long commentId, string body, int version = 1) => new(new FeedPlace(commentId, commentId, version, 0), body);

    /// <summary>Indexes everything that is stored.</summary>
    public static void IndexAll(this TestDesk desk)
    {
        using var indexing = new SearchIndexing(desk.Directory);
        while (indexing.Advance(SearchIndexer.SliceSize).Texts > 0)
        {
        }
    }

    /// <summary>All comments with these words, newest first, read in pages of three.</summary>
    public static IReadOnlyList<long> Find(this SearchReader reader, string words)
    {
        var ids = new List<long>();
        long? before = null;
        do
        {
            var page = reader.Search(words, before, 3, DeskExtensions.Stop);
            Assert.Null(page.Reason);
            ids.AddRange(page.Ids);
            before = page.Next;
        }
        while (before is not null);
        return ids;
    }

    /// <summary>How many comments the index holds, in all its tables.</summary>
    public static long CountIndexed(this DataDirectory directory)
    {
        using var connection = new SqliteConnection($"Data Source={directory.SearchPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT "Number" FROM "Shards" """;
        var shards = new List<long>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                shards.Add(reader.GetInt64(0));
            }
        }

        return shards.Sum(shard =>
        {
#pragma warning disable CA2100 // A name made from a number.
            command.CommandText = $"""SELECT COUNT(*) FROM "{SearchShard.Table(shard)}_docsize" """;
#pragma warning restore CA2100
            return (long)command.ExecuteScalar()!;
        });
    }
}
