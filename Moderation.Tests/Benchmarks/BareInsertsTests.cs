using Microsoft.Data.Sqlite;

using Moderation.Benchmarks.Stores;
using Moderation.Tests.Support;

namespace Moderation.Tests.Benchmarks;

public sealed class BareInsertsTests
{
    private const string Schema =
        """
        CREATE TABLE "Sources" ("Id" INTEGER PRIMARY KEY, "Name" TEXT NOT NULL);
        CREATE TABLE "Authors" ("Id" INTEGER PRIMARY KEY, "Name" TEXT NOT NULL);
        CREATE TABLE "Comments" ("Id" INTEGER PRIMARY KEY, "SourceId" INTEGER NOT NULL REFERENCES "Sources" ("Id"), "ExternalId" TEXT NOT NULL, "Url" TEXT);
        CREATE TABLE "CommentTexts" ("CommentId" INTEGER NOT NULL REFERENCES "Comments" ("Id"), "TextVersion" INTEGER NOT NULL, "Body" TEXT NOT NULL,
            PRIMARY KEY ("CommentId", "TextVersion")) WITHOUT ROWID;
        CREATE TABLE "Checkpoints" ("SourceId" INTEGER PRIMARY KEY, "Position" TEXT NOT NULL);
        CREATE UNIQUE INDEX "IX_Comments_Identity" ON "Comments" ("SourceId", "ExternalId");
        CREATE INDEX "IX_Comments_Url" ON "Comments" ("Url") WHERE "Url" IS NOT NULL;
        """;

    [Fact]
    public void Every_row_of_every_table_arrives_under_the_same_schema()
    {
        using var folder = new TemporaryFolder();
        var (from, to) = (folder.File("from.db"), folder.File("to.db"));
        using (var connection = Open(from))
        {
            Execute(
                connection,
                Schema +
                """
                INSERT INTO "Sources" VALUES (1, 'one'), (2, 'two');
                INSERT INTO "Checkpoints" VALUES (1, '5 x'), (2, '7 y');
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700) INSERT INTO "Authors" SELECT i, 'author ' || i FROM n;
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                INSERT INTO "Comments" SELECT i, 1 + i % 2, 'id ' || (i * 7919 % 5000), CASE WHEN i % 3 = 0 THEN 'url' || i END FROM n;
                INSERT INTO "CommentTexts" SELECT "Id", 1, 'text ' || "Id" FROM "Comments" UNION ALL SELECT "Id", 2, 'edited' FROM "Comments" WHERE "Id" % 10 = 0;
                """);
        }

        var lap = BareInserts.Run(from, to, TestContext.Current.CancellationToken);

        Assert.Equal(5_000, lap.Units);
        Assert.True(lap is { Wall: > 0, Processor: > 0 });
        foreach (var table in new[] { "Sources", "Authors", "Comments", "CommentTexts", "Checkpoints" })
        {
            Assert.Equal(Rows(from, $"SELECT * FROM \"{table}\" ORDER BY 1, 2"), Rows(to, $"SELECT * FROM \"{table}\" ORDER BY 1, 2"));
        }

        const string Everything = "SELECT type, name, sql FROM sqlite_master ORDER BY name";
        Assert.Equal(Rows(from, Everything), Rows(to, Everything));
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        command.ExecuteNonQuery();
    }

    private static List<string> Rows(string path, string sql)
    {
        using var connection = Open(path);
        using var command = Command(connection, sql);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return rows;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
