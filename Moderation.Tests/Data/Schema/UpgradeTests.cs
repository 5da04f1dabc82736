using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

using Moderation.Data.DataDirectories;
using Moderation.Data.Schema;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Schema;

public sealed class UpgradeTests
{
    private const string First = "Initial";

    /// <summary>v1, then v3, then v2 became live; v4 never was, and its card is one of long ago.</summary>
    private const string Rows =
        """
        INSERT INTO Sources (Id, Name) VALUES (1, 'forum');
        INSERT INTO Communities (Id, Name) VALUES (1, 'games');
        INSERT INTO Authors (Id, SourceId, Name) VALUES (1, 1, 'anna');
        INSERT INTO Models (Id, Version, State, FileName, RegisteredAt, PromotedAt, Card) VALUES
            (1, 'v1', 2, 'v1.model', 1000, 5000, '{"recipe":"default","trainRows":10}'),
            (2, 'v2', 1, 'v2.model', 2000, 9000, '{"recipe":"default","metrics":null}'),
            (3, 'v3', 2, 'v3.model', 3000, 7000, '{}'),
            (4, 'v4', 0, 'v4.model', 4000, NULL, '{"trainedOn":null,"settings":null,"elsewhere":null}');
        INSERT INTO Comments (Id, SourceId, ExternalId, CommunityId, AuthorId, CreatedAt, ReceivedAt, Version, TextVersion, Status,
            QueueNumber, Probability, Threshold, Flagged, ModelId, EditedAfterDecision, DecisionId) VALUES
            (1, 1, 'a', 1, 1, 100, 101, 2, 1, 4, 1, 0.9, 0.5, 1, 1, 0, 1),
            (2, 1, 'b', 1, NULL, 102, 103, 1, 1, 0, 0, 0.1, 0.5, 0, 2, 0, NULL);
        INSERT INTO CommentTexts (CommentId, TextVersion, ReceivedAt, Body) VALUES (1, 1, 101, 'you'), (2, 1, 103, 'me');
        INSERT INTO Predictions (CommentId, TextVersion, ModelId, Probability, Threshold, ScoredAt) VALUES
            (1, 1, 1, 0.9, 0.5, 101), (1, 1, 3, 0.8, 0.5, 102), (2, 1, 2, 0.1, 0.5, 103);
        INSERT INTO Decisions (Id, CommentId, TextVersion, Action, Reason, Actor, At, StatusBefore, StatusAfter) VALUES
            (1, 1, 1, 2, 'spam', 'mira', 200, 1, 4);
        INSERT INTO Thresholds (Id, Value, At, Actor) VALUES (1, 0.4, 300, 'mira');
        INSERT INTO Checkpoints (SourceId, Position, At) VALUES (1, '17', 104);
        INSERT INTO DeadLetters (Id, SourceId, Place, Reason, Original, At) VALUES (1, 1, 'line 3', 'no text', '{}', 105);
        """;

    private static readonly string[] _kept =
        ["Sources", "Communities", "Authors", "Comments", "CommentTexts", "Predictions", "Decisions", "Thresholds", "Checkpoints", "DeadLetters"];

    [Fact]
    public async Task A_database_of_the_first_version_keeps_every_row()
    {
        using var folder = new TemporaryFolder();
        var directory = MakeFirst(folder.Path);
        var before = _kept.ToDictionary(table => table, table => Dump(directory, table));
        Assert.All(before.Values, rows => Assert.NotEmpty(rows));

        await using var desk = await TestDesk.CreateAsync(folder.Path);

        // New columns stand behind those that were there.
        Assert.All(_kept, table => Assert.Equal(
            before[table], Dump(directory, table).Zip(before[table], (after, row) => after.StartsWith(row, StringComparison.Ordinal) ? row : after)));
        Assert.Equal(0, Count(directory, "pragma_foreign_key_check"));
        Assert.Equal(
            [("v4", ModelState.Candidate), ("v3", ModelState.Retired), ("v2", ModelState.Live), ("v1", ModelState.Retired)],
            (await desk.Get<IModelRegistry>().ListAsync(Stop)).Select(model => (model.Version, model.State)));
        await desk.StoreAsync(Scored("c"));
        Assert.Equal(3, desk.Look(context => context.Comments.Count()));
    }

    [Fact]
    public async Task What_was_known_of_promotions_becomes_their_history_and_rolling_back_goes_through_it()
    {
        using var folder = new TemporaryFolder();
        MakeFirst(folder.Path);

        await using var desk = await TestDesk.CreateAsync(folder.Path);
        var registry = desk.Get<IModelRegistry>();

        Assert.Equal(
            [("v2", 9_000L, null), ("v3", 7_000, null), ("v1", 5_000, null)],
            (await registry.HistoryAsync(10, Stop)).Select(row => (row.Version, row.At.ToUnixTimeMilliseconds(), row.Actor)));
        Assert.Equal("v3", (await registry.RollBackAsync("ann", null, Stop)).Version);
        await registry.PromoteAsync("v4", "ann", Stop);
        Assert.Equal("v3", (await registry.RollBackAsync("ann", null, Stop)).Version);
        Assert.Equal("v1", (await registry.RollBackAsync("ann", null, Stop)).Version);
        Assert.Null(await registry.FindPreviousAsync(Stop));
    }

    [Fact]
    public async Task A_command_that_only_reads_brings_the_database_up_to_date_first()
    {
        using var folder = new DeskFolder();
        MakeFirst(folder.DataPath);

        var models = (await folder.RunAsync("model", "list", "--json")).Json.EnumerateArray();

        Assert.Equal(["v4", "v3", "v2", "v1"], models.Select(model => model.GetProperty("version").GetString()));
        Assert.Equal(2, (await folder.CommentsAsync()).Count);
    }

    [Fact]
    public async Task The_step_can_be_taken_back()
    {
        using var folder = new TemporaryFolder();
        var directory = MakeFirst(folder.Path);
        var before = Dump(directory, "(SELECT Id, State, PromotedAt FROM Models)");
        await (await TestDesk.CreateAsync(folder.Path)).DisposeAsync();
        Assert.Equal(3, Count(directory, "Promotions"));

        MigrateTo(directory, First);

        Assert.Equal(before, Dump(directory, "(SELECT Id, State, PromotedAt FROM Models)"));
    }

    private static DataDirectory MakeFirst(string path)
    {
        var directory = new DataDirectory(path);
        directory.Create();
        MigrateTo(directory, First);
        using var connection = Open(directory);
        using var command = connection.CreateCommand();
        command.CommandText = Rows;
        command.ExecuteNonQuery();
        for (var n = 1; n <= 4; n++)
        {
            ModelFile.Write(Path.Combine(directory.ModelsPath, $"v{n}.model"), new TrainedModel(TestModels.WithBias(n), Card));
        }

        return directory;
    }

    private static void MigrateTo(DataDirectory directory, string migration)
    {
        using var connection = Open(directory);
        using var context = new ModerationDbContext(new DbContextOptionsBuilder<ModerationDbContext>().UseSqlite(connection).Options);
        context.GetService<IMigrator>().Migrate(migration);
    }

    private static List<string> Dump(DataDirectory directory, string table)
    {
        using var connection = Open(directory);
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table}";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => $"{reader.GetName(column)}={reader.GetValue(column)}")));
        }

        return rows;
    }

    private static int Count(DataDirectory directory, string table) => Dump(directory, table).Count;

    private static SqliteConnection Open(DataDirectory directory)
    {
        var connection = new SqliteConnection($"Data Source={directory.DatabasePath};Pooling=False");
        connection.Open();
        return connection;
    }
}
