using Microsoft.Data.Sqlite;

using Moderation.Benchmarks.Crash;
using Moderation.Pipeline.Flow;
using Moderation.Tests.Support;

namespace Moderation.Tests.Crash;

public sealed class CrashTests(PreparedDesk prepared, ITestOutputHelper output) : IClassFixture<PreparedDesk>
{
    [Fact]
    public async Task Killed_25_times_at_random_moments_the_desk_misses_nothing_and_has_nothing_twice()
    {
        var report = await RunAsync(new CrashOptions { Kills = 25, Seed = 4 });

        // The stream must be worth it: every kind of thing happened, and callers had to repeat themselves.
        Assert.True(report.Comments > 1_000, report.ToString());
        Assert.True(report is { Answered: > 20, Decisions: > 10, Repeats: > 10, Promotions: > 0 }, report.ToString());
    }

    [Theory]
    [InlineData(FailPoint.InsideCommit)]
    [InlineData(FailPoint.BeforeCommit)]
    [InlineData(FailPoint.BeforeAcknowledgement)]
    [InlineData(FailPoint.BeforeDecisionAnswer)]
    [InlineData(FailPoint.BeforeModelSwap)]
    public async Task Dead_at_a_fail_point_the_desk_misses_nothing_and_has_nothing_twice(string failPoint)
    {
        var report = await RunAsync(new CrashOptions { Kills = 2, Seed = 1, FailPoint = failPoint });

        Assert.Equal(2, report.AtFailPoints[failPoint]);
    }

    [Fact]
    public async Task Whatever_is_missing_or_there_twice_is_found()
    {
        using var folder = new TemporaryFolder();
        prepared.CopyTo(folder);
        using var test = new CrashTest(PreparedDesk.Program, folder.Path, new CrashOptions { Kills = 3, Seed = 4 }, output.WriteLine);
        await test.FeedAndKillAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", test.Verify(folder.File(CrashTest.Data)).ToString());

        foreach (var (damage, sql) in Damages)
        {
            var copy = folder.File(damage);
            PreparedDesk.Copy(folder.File(CrashTest.Data), copy);
            using (var connection = new SqliteConnection($"Data Source={Path.Combine(copy, "moderation.db")};Pooling=False;Foreign Keys=False"))
            {
                connection.Open();
                using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The constants below.
                command.CommandText = sql;
#pragma warning restore CA2100
                Assert.True(command.ExecuteNonQuery() > 0, damage);
            }

            Assert.True(test.Verify(copy).Count > 0, $"Not found: {damage}");
        }
    }

    private static IEnumerable<(string Damage, string Sql)> Damages =>
    [
        ("a comment gone with its rows",
            """
            DELETE FROM "Comments" WHERE "Id" = 40; DELETE FROM "CommentTexts" WHERE "CommentId" = 40; DELETE FROM "Predictions" WHERE "CommentId" = 40
            """),
        ("a comment of nobody", """UPDATE "Comments" SET "ExternalId" = 'other' WHERE "Id" = 40"""),
        ("a comment under another id", """UPDATE "Comments" SET "Id" = 900000 WHERE "SourceId" = 2 AND "Id" = (SELECT MAX("Id") FROM "Comments" WHERE "SourceId" = 2)"""),
        ("another text", """UPDATE "CommentTexts" SET "Body" = 'other' WHERE "CommentId" = 40 AND "TextVersion" = 1"""),
        ("a text twice", """INSERT INTO "CommentTexts" SELECT "CommentId", "TextVersion" + 1, "ReceivedAt", "Body" FROM "CommentTexts" WHERE "CommentId" = 40 ORDER BY "TextVersion" DESC LIMIT 1"""),
        ("a prediction gone", """DELETE FROM "Predictions" WHERE "CommentId" = 40"""),
        ("a prediction of another model", """UPDATE "Predictions" SET "ModelId" = 3 - "ModelId" WHERE "CommentId" = 40"""),
        ("another event time", """UPDATE "Comments" SET "CreatedAt" = "CreatedAt" + 1 WHERE "Id" = 40"""),
        ("a withdrawal gone", """UPDATE "Comments" SET "WithdrawnAt" = NULL WHERE "Id" = (SELECT "Id" FROM "Comments" WHERE "WithdrawnAt" IS NOT NULL LIMIT 1)"""),
        ("a dead letter gone", """DELETE FROM "DeadLetters" WHERE "Id" = (SELECT MAX("Id") FROM "DeadLetters")"""),
        ("a dead letter twice",
            """INSERT INTO "DeadLetters" ("SourceId", "Place", "Reason", "Original", "At", "Form", "Number", "Cut", "Attempts") SELECT "SourceId", "Place", "Reason", "Original", "At", "Form", "Number", "Cut", "Attempts" FROM "DeadLetters" LIMIT 1"""),
        ("an older checkpoint", """UPDATE "Checkpoints" SET "Position" = '1' || "Position" """),
        ("a decision gone", """DELETE FROM "Decisions" WHERE "Id" = (SELECT MAX("Id") FROM "Decisions")"""),
        ("a decision twice",
            """
            INSERT INTO "Decisions" ("CommentId", "TextVersion", "Action", "Reason", "Note", "Actor", "At", "StatusBefore", "StatusAfter", "PreviousId", "UndoesId")
            SELECT "CommentId", "TextVersion", "Action", "Reason", "Note", "Actor", "At", "StatusBefore", "StatusAfter", "PreviousId", "UndoesId" FROM "Decisions" LIMIT 1
            """),
        ("another status", """UPDATE "Comments" SET "Status" = 3 WHERE "Status" <> 3 AND "WithdrawnAt" IS NULL"""),
        ("a promotion gone", """UPDATE "Models" SET "State" = 2 WHERE "State" = 1"""),
    ];

    private async Task<CrashReport> RunAsync(CrashOptions options)
    {
        using var folder = new TemporaryFolder();
        prepared.CopyTo(folder);
        var report = await CrashTest.RunAsync(PreparedDesk.Program, folder.Path, options, output.WriteLine, TestContext.Current.CancellationToken);
        output.WriteLine(report.ToString());
        return report;
    }
}
