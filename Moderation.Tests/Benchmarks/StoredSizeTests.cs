using Microsoft.Data.Sqlite;

using Moderation.Benchmarks.Stores;
using Moderation.Tests.Support;

namespace Moderation.Tests.Benchmarks;

public sealed class StoredSizeTests
{
    [Theory]
    [InlineData(512)]
    [InlineData(4_096)]
    [InlineData(65_536)]
    public void Tables_and_indexes_take_every_page_of_a_file_that_nothing_was_deleted_from(int pageSize)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("it.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            Execute(
                connection,
                $"""
                PRAGMA page_size = {pageSize};
                CREATE TABLE short (id INTEGER PRIMARY KEY, name TEXT);
                CREATE TABLE long (id INTEGER PRIMARY KEY, body TEXT);
                CREATE TABLE keyed (name TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID;
                CREATE INDEX long_body ON long (body);
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
                INSERT INTO short SELECT i, 'name ' || i FROM n;
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
                INSERT INTO long SELECT i, substr(hex(zeroblob(i * 40)), 1, i * i % 9973) FROM n;
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
                INSERT INTO keyed SELECT 'key ' || (i * 7919 % 300) || '-' || i, zeroblob(i * 17) FROM n;
                """);
        }

        var sizes = StoredSize.Of(path);

        Assert.Equal(new FileInfo(path).Length, sizes.Sum(size => size.Bytes));
        Assert.Equal(["keyed", "long", "long_body", "short", "sqlite_master"], sizes.Select(size => size.Name).Order(StringComparer.Ordinal));
        Assert.Equal(sizes.OrderByDescending(size => size.Bytes), sizes);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
