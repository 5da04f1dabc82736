using System.Collections.Concurrent;
using System.Data.Common;

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Data.Searching;
using Moderation.Data.Writing;
using Moderation.Data.Writing.Statements;
using Moderation.Pipeline.Models.Registry;
using Moderation.Tests.Data.Searching;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Reading;

/// <summary>Every page query is asked how SQLite would run it: through a named index, without a scan or a temporary sort.</summary>
public sealed class QueryPlanTests
{
    private static readonly PageCursor _cursor = new(50, 0.9, 50);

    public static TheoryData<string, string> Queries { get; } = new()
    {
        { "queue newest", "USING INDEX IX_Comments_Queue (Status=?)" },
        { "queue newest after", "USING INDEX IX_Comments_Queue (Status=? AND QueueNumber<?)" },
        { "queue newest up to", "USING INDEX IX_Comments_Queue (Status=? AND QueueNumber<?)" },
        { "queue oldest", "USING INDEX IX_Comments_Queue (Status=?)" },
        { "queue oldest after", "USING INDEX IX_Comments_Queue (Status=? AND QueueNumber>?)" },
        { "queue oldest after up to", "USING INDEX IX_Comments_Queue (Status=? AND QueueNumber>? AND QueueNumber<?)" },
        { "queue score", "USING INDEX IX_Comments_QueueByScore (Status=?)" },
        { "queue score after", "USING INDEX IX_Comments_QueueByScore (Status=? AND Probability<?)" },
        { "queue score after up to", "USING INDEX IX_Comments_QueueByScore (Status=? AND Probability<?)" },
        { "queue newest number", "USING COVERING INDEX IX_Comments_Queue (Status=?)" },
        { "queue count", "USING COVERING INDEX IX_Comments_Queue (Status=?)" },
        { "queue count newer", "USING COVERING INDEX IX_Comments_Queue (Status=? AND QueueNumber>?)" },
        { "states", "USING INTEGER PRIMARY KEY (rowid=?)" },
        { "history all after", "USING INTEGER PRIMARY KEY (rowid<?)" },
        { "history removed", "USING INDEX IX_Comments_Status (Status=?)" },
        { "history removed after", "USING INDEX IX_Comments_Status (Status=? AND Id<?)" },
        { "history unflagged after", "USING INTEGER PRIMARY KEY (rowid<?)" },
        { "search", "USING INTEGER PRIMARY KEY (rowid=?)" },
        { "search removed", "USING INTEGER PRIMARY KEY (rowid=?)" },
        { "search unflagged", "USING INTEGER PRIMARY KEY (rowid=?)" },
        { "find", "USING INTEGER PRIMARY KEY (rowid=?)" },
        { "find external", "USING INDEX IX_Comments_Identity (SourceId=? AND ExternalId=?)" },
        { "export all", "USING INTEGER PRIMARY KEY (rowid>?)" },
        { "export removed", "USING INDEX IX_Comments_Status (Status=? AND Id>?)" },
        { "export decisions", "USING INTEGER PRIMARY KEY (rowid>?)" },
        { "export training", "USING INDEX IX_Comments_Status (Status=? AND Id>?)" },
        { "thresholds", "SCAN t" },
        { "dead letters", "SCAN d USING INDEX IX_DeadLetters_Open" },
        { "dead letters after", "USING INDEX IX_DeadLetters_Open (Id<?)" },
        { "dead letters of a source", "USING INDEX IX_DeadLetters_Source (SourceId=?)" },
        { "dead letters of a source after", "USING INDEX IX_DeadLetters_Source (SourceId=? AND Id<?)" },
        { "dead letter sources", "USING INDEX IX_DeadLetters_Source (SourceId>?)" },
        { "spikes", "SCAN s USING INDEX IX_Spikes_Open" },
        { "late", "SCAN c USING INDEX IX_Comments_Late" },
        { "models", "SCAN m" },
        { "promotions", "SCAN p" },
        { "previous model", "SCAN p" },
        { "communities", "SCAN c USING COVERING INDEX IX_Communities_Name" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_page_query_goes_through_its_index_without_a_scan_or_a_temporary_sort(string query, string access)
    {
        var plans = new PlanInterceptor();
        await using var desk = await TestDesk.CreateAsync(configure: services => services
            .ConfigureDbContext<ModerationDbContext>(options => options.AddInterceptors(plans)));
        await desk.StoreAsync(Scored("a"), Scored("b", probability: Under));
        await desk.UseConstantModelAsync(Over);
        await desk.UseConstantModelAsync(Under);
        desk.IndexAll();
        plans.Plans.Clear();
        plans.Commands.Clear();

        await RunAsync(desk, query);

        Assert.NotEmpty(plans.Plans);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', plans.Commands.Concat(plans.Plans.SelectMany(plan => plan))));
        var steps = plans.Plans.SelectMany(plan => plan).ToList();
        Assert.Contains(steps, step => step.Contains(access, StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));

        // Only a list of the newest rows of a table may walk it, by its key and with a limit; a count walks its own capped rows.
        var walked = steps.Where(step => step.StartsWith("SCAN", StringComparison.Ordinal) && !steps.Contains(step.Replace("SCAN", "CO-ROUTINE", StringComparison.Ordinal)));
        Assert.Equal(access.StartsWith("SCAN", StringComparison.Ordinal) ? [access] : [], walked);
    }

    [Theory]
    [InlineData("history all")]
    [InlineData("history unflagged")]
    public async Task The_newest_comments_of_all_are_read_off_the_end_of_the_table(string query)
    {
        var plans = new PlanInterceptor();
        await using var desk = await TestDesk.CreateAsync(configure: services => services
            .ConfigureDbContext<ModerationDbContext>(options => options.AddInterceptors(plans)));
        plans.Plans.Clear();
        plans.Commands.Clear();

        await RunAsync(desk, query);

        // The table's own order, and a limit: no index and no sort, however long the table.
        var plan = Assert.Single(plans.Plans);
        Assert.Single(plan, step => step.StartsWith("SCAN c", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        Assert.Contains("LIMIT", Assert.Single(plans.Commands), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_greatest_number_in_the_queue_is_read_off_the_end_of_its_index()
    {
        await using var desk = await TestDesk.CreateAsync();
        using var connection = new SqliteConnection($"Data Source={desk.Directory.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + CommentNumbers.GreatestQueueNumber;

        var steps = Steps(command);

        Assert.Equal(2, steps.Count(step => step == "SEARCH Comments USING COVERING INDEX IX_Comments_Queue (Status=?)"));
        Assert.DoesNotContain(steps, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step.StartsWith("SCAN Comments", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(WindowStatements.OpenPanes, "SEARCH w USING PRIMARY KEY (CommunityId=? AND Minutes=? AND Start>?)")]
    [InlineData(SpikeStatements.FlaggedByMinute, "SEARCH Windows USING PRIMARY KEY (CommunityId=? AND Minutes=? AND Start>? AND Start<?)")]
    [InlineData(SpikeStatements.LastSpike, "SEARCH Spikes USING INDEX IX_Spikes_Community (CommunityId=?)")]
    [InlineData(TidyStatements.OldWindows, "SEARCH w USING PRIMARY KEY (CommunityId=? AND Minutes=? AND Start<?)")]
    [InlineData(TidyStatements.OldEvents, "SEARCH Outbox USING INTEGER PRIMARY KEY (rowid<?)")]
    public async Task What_the_writer_looks_up_goes_through_a_key(string sql, string access)
    {
        await using var desk = await TestDesk.CreateAsync();
        using var connection = new SqliteConnection($"Data Source={desk.Directory.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of the program.
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
#pragma warning restore CA2100

        var steps = Steps(command);

        Assert.Contains(access, steps);
        Assert.DoesNotContain(steps, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step is "SCAN w" or "SCAN Windows" or "SCAN Outbox" or "SCAN Spikes");
    }

    [Theory]
    [InlineData(TextFeed.NewestRow, "SEARCH CommentTexts")]
    [InlineData(TextFeed.TextsFrom, "SEARCH t USING INTEGER PRIMARY KEY (rowid>?)")]
    public async Task The_feed_of_texts_is_read_from_its_place_on(string sql, string access)
    {
        await using var desk = await TestDesk.CreateAsync();
        using var connection = new SqliteConnection($"Data Source={desk.Directory.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of the program.
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("?1", 5L);
        command.Parameters.AddWithValue("?2", 5L);

        Assert.Equal([access], Steps(command));
    }

    [Fact]
    public async Task The_log_of_comments_is_read_from_its_place_on()
    {
        await using var desk = await TestDesk.CreateAsync();
        using var connection = new SqliteConnection($"Data Source={desk.Directory.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + CommentLogReader.TextsFrom;
        command.Parameters.AddWithValue("?1", 5L);
        command.Parameters.AddWithValue("?2", 5L);

        Assert.Equal(
            [
                "SEARCH t USING INTEGER PRIMARY KEY (rowid>?)",
                "SEARCH c USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
                "SEARCH k USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
            ],
            Steps(command));
    }

    [Fact]
    public async Task Hits_come_out_of_the_index_newest_first_from_a_place_on_without_a_sort()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"));
        desk.IndexAll();
        using var connection = new SqliteConnection($"Data Source={desk.Directory.SearchPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made by the program.
        command.CommandText = "EXPLAIN QUERY PLAN " + SearchReader.Hits(0);
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$words", "\"text\"");
        command.Parameters.AddWithValue("$before", 5L);
        command.Parameters.AddWithValue("$limit", 5L);
        using var shards = connection.CreateCommand();
        shards.CommandText = "EXPLAIN QUERY PLAN " + SearchReader.Shards;
        shards.Parameters.AddWithValue("$shard", 5L);

        // A virtual table's search is always called a scan. M: by the words; <: by the rowid; 192: in its order, backwards.
        Assert.Equal(["SCAN Texts_0 VIRTUAL TABLE INDEX 192:M1<"], Steps(command));
        Assert.Equal(["SEARCH Shards USING INTEGER PRIMARY KEY (rowid<?)"], Steps(shards));
    }

    private static List<string> Steps(SqliteCommand explain)
    {
        using var reader = explain.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }

    private static async Task RunAsync(TestDesk desk, string query)
    {
        var queue = desk.Get<QueueReader>();
        var history = desk.Get<HistoryReader>();
        var decisions = desk.Get<DecisionReader>();
        var letters = desk.Get<DeadLetterReader>();
        var thresholds = desk.Get<ThresholdReader>();
        var models = desk.Get<IModelRegistry>();
        await (query switch
        {
            "spikes" => desk.Get<SpikeReader>().ListAsync(3, Stop),
            "late" => desk.Get<LateReader>().ListAsync(20, Stop),
            "models" => models.ListAsync(Stop),
            "promotions" => models.HistoryAsync(50, Stop),
            "previous model" => models.FindPreviousAsync(Stop),
            "queue newest" => queue.ReadAsync(QueueSort.Newest, null, null, 50, Stop),
            "queue newest after" => queue.ReadAsync(QueueSort.Newest, _cursor, null, 50, Stop),
            "queue newest up to" => queue.ReadAsync(QueueSort.Newest, _cursor, 70, 50, Stop),
            "queue oldest" => queue.ReadAsync(QueueSort.Oldest, null, null, 50, Stop),
            "queue oldest after" => queue.ReadAsync(QueueSort.Oldest, _cursor, null, 50, Stop),
            "queue oldest after up to" => queue.ReadAsync(QueueSort.Oldest, _cursor, 70, 50, Stop),
            "queue score" => queue.ReadAsync(QueueSort.Score, null, null, 50, Stop),
            "queue score after" => queue.ReadAsync(QueueSort.Score, _cursor, null, 50, Stop),
            "queue score after up to" => queue.ReadAsync(QueueSort.Score, _cursor, 70, 50, Stop),
            "queue count" => queue.CountAsync(Stop),
            "queue count newer" => queue.CountNewerAsync(1, Stop),
            "states" => queue.StatesAsync([1, 2, 3], Stop),
            "history all" => history.ReadAsync(null, null, 50, Stop),
            "history all after" => history.ReadAsync(null, _cursor, 50, Stop),
            "history removed" => history.ReadAsync(CommentStatus.Removed, null, 50, Stop),
            "history removed after" => history.ReadAsync(CommentStatus.Removed, _cursor, 50, Stop),
            "history unflagged" => history.ReadAsync(CommentStatus.Unflagged, null, 50, Stop),
            "history unflagged after" => history.ReadAsync(CommentStatus.Unflagged, _cursor, 50, Stop),
            "search" => history.SearchAsync("text", null, _cursor, 50, Stop),
            "search removed" => history.SearchAsync("text", CommentStatus.Removed, _cursor, 50, Stop),
            "search unflagged" => history.SearchAsync("text", CommentStatus.Unflagged, _cursor, 50, Stop),
            "find" => queue.FindAsync(1, Stop),
            "queue newest number" => queue.NewestNumberAsync(Stop),
            "find external" => history.FindAsync(Forum, "a", Stop),
            "export all" => DrainAsync(history.ExportAsync(null, 50, Stop)),
            "export removed" => DrainAsync(history.ExportAsync(CommentStatus.Removed, 50, Stop)),
            "export decisions" => DrainAsync(decisions.ExportAsync(50, Stop)),
            "export training" => DrainAsync(decisions.ExportTrainingAsync(50, Stop)),
            "thresholds" => thresholds.ListAsync(50, Stop),
            "dead letters" => letters.ListAsync(null, null, 50, Stop),
            "dead letters after" => letters.ListAsync(null, 50, 50, Stop),
            "dead letters of a source" => letters.ListAsync(Forum, null, 50, Stop),
            "dead letters of a source after" => letters.ListAsync(Forum, 50, 50, Stop),
            "dead letter sources" => letters.SourcesAsync(Stop),
            "communities" => (Task)thresholds.CommunitiesAsync(Stop),
            _ => throw new ArgumentOutOfRangeException(nameof(query), query, "There is no such query."),
        });
    }

    private static async Task DrainAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> pages)
    {
        await foreach (var page in pages)
        {
            Assert.NotEmpty(page);
        }
    }

    /// <summary>Asks for the plan of each command before it runs, on the same connection and with the same parameters.</summary>
    private sealed class PlanInterceptor : DbCommandInterceptor
    {
        public ConcurrentQueue<List<string>> Plans { get; } = [];

        public ConcurrentQueue<string> Commands { get; } = [];

        public override InterceptionResult<DbDataReader> ReaderExecuting(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            using var explain = command.Connection!.CreateCommand();
#pragma warning disable CA2100 // The command that EF Core is about to run.
            explain.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
#pragma warning restore CA2100
            foreach (DbParameter parameter in command.Parameters)
            {
                var copy = explain.CreateParameter();
                (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
                explain.Parameters.Add(copy);
            }

            var steps = new List<string>();
            using (var reader = explain.ExecuteReader())
            {
                while (reader.Read())
                {
                    steps.Add(reader.GetString(3));
                }
            }

            Plans.Enqueue(steps);
            Commands.Enqueue(command.CommandText);
            return result;
        }
    }
}
