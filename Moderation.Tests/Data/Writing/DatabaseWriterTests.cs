using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

using Microsoft.EntityFrameworkCore;

using Moderation.Data.DataDirectories;
using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Data.Writing.Statements;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Windows.Spikes;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Writing;

public sealed class DatabaseWriterTests
{
    [Fact]
    public async Task A_person_steps_in_between_the_batches_of_a_bulk_group()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("old"));
        var writer = desk.Get<DatabaseWriter>();
        Task<DecisionOutcome>? person = null;
        var group = new Hooked(
            Batch([Scored("a")]),
            () =>
            {
                person = Task.Run(() => desk.DecideAsync("old", DecisionAction.Approve), Stop);
                SpinWait.SpinUntil(() => writer.PersonWaiting);
            },
            Batch([Scored("b")]));

        var committed = await desk.Get<IPredictionStore>().CommitAsync(group, Stop);

        Assert.Single(committed);
        Assert.Equal(DecisionResult.Done, (await person!).Result);
        Assert.Equal(["old", "a"], desk.Look(context => context.Comments.OrderBy(row => row.Id).Select(row => row.ExternalId).ToList()));
    }

    [Fact]
    public async Task A_person_who_waits_beside_bulk_rows_is_served_first()
    {
        await using var desk = await TestDesk.CreateAsync();
        var writer = desk.Get<DatabaseWriter>();
        var (release, holding) = await HoldAsync(desk);
        var order = new List<string>();

        var bulk = writer.WriteAsync(WritePriority.Bulk, Durability.Replayable, _ => Note("bulk"), Stop);
        var person = writer.WriteAsync(WritePriority.Person, Durability.Acknowledged, _ => Note("person"), Stop);
        release.SetResult();
        await Task.WhenAll(holding, bulk, person);

        Assert.Equal(["person", "bulk"], order);

        bool Note(string name)
        {
            order.Add(name);
            return true;
        }
    }

    [Fact]
    public async Task What_a_write_puts_in_force_is_in_force_before_the_next_write_begins()
    {
        await using var desk = await TestDesk.CreateAsync();
        var writer = desk.Get<DatabaseWriter>();
        Task<bool>? next = null;

        await writer.WriteAsync(
            WritePriority.Bulk,
            Durability.Replayable,
            _ => true,
            Stop,
            committed: _ =>
            {
                next = writer.WriteAsync(WritePriority.Person, Durability.Acknowledged, _ => true, Stop);
                Assert.True(writer.PersonWaiting);
            });

        Assert.True(await next!);
    }

    [Fact]
    public async Task A_write_that_was_cancelled_while_it_waited_never_runs()
    {
        await using var desk = await TestDesk.CreateAsync();
        using var patience = new CancellationTokenSource();
        var (release, holding) = await HoldAsync(desk);
        var cancelled = desk.Get<IPredictionStore>().CommitAsync([Batch([Scored("a")])], patience.Token);

        await patience.CancelAsync();
        release.SetResult();
        await holding;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(0, desk.Look(context => context.Comments.Count()));
        await desk.StoreAsync(Scored("b"));
    }

    [Fact]
    public async Task A_locked_database_is_reported_in_a_sentence_and_writing_goes_on_when_it_is_free()
    {
        await using var desk = await TestDesk.CreateAsync(configure: services => services.Replace(
            ServiceDescriptor.Singleton(provider => new DatabaseWriter(
                provider.GetRequiredService<DataDirectory>(), provider.GetRequiredService<IOptions<StorageOptions>>(),
                provider.GetRequiredService<IOptions<PipelineOptions>>(), provider.GetRequiredService<IOptions<SpikeOptions>>()) { LockTimeoutSeconds = 1 })));
        await desk.StoreAsync(Batch([Scored("a")], position: "1"));
        await using (var other = Open(desk))
        {
            Execute(other, "BEGIN IMMEDIATE");
            var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => desk.StoreAsync(Batch([Scored("b")], position: "2")));
            Assert.Contains("another program holds it locked", e.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            Execute(other, "ROLLBACK");
        }

        await desk.StoreAsync(Batch([Scored("b")], position: "2"));
        Assert.Equal(2, desk.Look(context => context.Comments.Count()));
    }

    [Fact]
    public async Task A_full_disk_is_reported_in_a_sentence_leaves_nothing_half_written_and_writing_goes_on()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Batch([Scored("a")], position: "1"));

        // SQLite's own limit on the file gives the same error as a full disk.
        await desk.Get<DatabaseWriter>().WriteAsync(
            WritePriority.Bulk,
            Durability.Replayable,
            session =>
            {
                session.Context.Database.ExecuteSqlRaw("PRAGMA max_page_count = 1");
                return true;
            },
            Stop);
        var large = Batch([Scored("b", author: "bert"), Scored("c", new string('x', 1 << 20))], position: "2");
        var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => desk.StoreAsync(large));

        Assert.Contains("the disk is full", e.Message, StringComparison.Ordinal);
        Assert.Equal(["a"], desk.Look(context => context.Comments.Select(row => row.ExternalId).ToList()));
        await desk.StoreAsync(large);
        Assert.Equal(["a", "b", "c"], desk.Look(context => context.Comments.OrderBy(row => row.Id).Select(row => row.ExternalId).ToList()));
        Assert.Equal("bert", desk.Look(context => context.Authors.Single(author => author.Id == context.Comments.Single(row => row.ExternalId == "b").AuthorId).Name));
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_reported_and_found_again_when_it_is_back()
    {
        await using var desk = await TestDesk.CreateAsync();
        var path = desk.Directory.DatabasePath;
        SqliteConnection.ClearAllPools();
        File.Move(path, path + ".away");

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => desk.StoreAsync(Scored("a")));
        Assert.Contains("it is not there", e.Message, StringComparison.Ordinal);

        File.Move(path + ".away", path);
        await desk.StoreAsync(Scored("a"));
        Assert.Equal(1, desk.Look(context => context.Comments.Count()));
    }

    [Theory]
    [InlineData(DurabilitySetting.Acknowledged, Durability.Acknowledged, 2)]
    [InlineData(DurabilitySetting.Acknowledged, Durability.Replayable, 1)]
    [InlineData(DurabilitySetting.Process, Durability.Acknowledged, 1)]
    [InlineData(DurabilitySetting.Process, Durability.Replayable, 1)]
    [InlineData(DurabilitySetting.Always, Durability.Acknowledged, 2)]
    [InlineData(DurabilitySetting.Always, Durability.Replayable, 2)]
    public async Task What_must_outlive_a_power_cut_commits_with_a_full_sync(DurabilitySetting setting, Durability durability, int synchronous)
    {
        await using var desk = await TestDesk.CreateAsync(settings: ("Moderation:Storage:Durability", setting.ToString()));
        var writer = desk.Get<DatabaseWriter>();
        foreach (var before in new[] { Durability.Replayable, Durability.Acknowledged })
        {
            await writer.WriteAsync(WritePriority.Bulk, before, _ => true, Stop);
            var value = await writer.WriteAsync(
                WritePriority.Bulk,
                durability,
                session =>
                {
                    using var synchronous = new PreparedStatement((SqliteConnection)session.Context.Database.GetDbConnection(), "PRAGMA synchronous");
                    return synchronous.Scalar()!.Value;
                },
                Stop);
            Assert.Equal(synchronous, value);
        }
    }

    [Fact]
    public async Task A_database_that_is_moved_away_under_the_writer_is_not_written_to_and_found_again_when_it_is_back()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"));
        var root = desk.Directory.Root;
        Directory.Move(root, root + "-away");

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => desk.StoreAsync(Scored("b")));
        Assert.Contains("it is not there", e.Message, StringComparison.Ordinal);

        SqliteConnection.ClearAllPools();
        Directory.Move(root + "-away", root);
        await desk.StoreAsync(Scored("b"));
        Assert.Equal(["a", "b"], desk.Look(context => context.Comments.OrderBy(row => row.Id).Select(row => row.ExternalId).ToList()));
    }

    /// <summary>Holds the writer inside a transaction until it is released.</summary>
    private static async Task<(TaskCompletionSource Release, Task Holding)> HoldAsync(TestDesk desk)
    {
        var release = new TaskCompletionSource();
        var inside = new TaskCompletionSource();
        var holding = desk.Get<DatabaseWriter>().WriteAsync(
            WritePriority.Bulk,
            Durability.Replayable,
            _ =>
            {
                inside.SetResult();
#pragma warning disable xUnit1031 // The writer's own thread is the one to be held.
                release.Task.Wait(Stop);
#pragma warning restore xUnit1031
                return true;
            },
            Stop);
        await inside.Task;
        return (release, holding);
    }

    private static SqliteConnection Open(TestDesk desk)
    {
        var connection = new SqliteConnection($"Data Source={desk.Directory.DatabasePath};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql) => connection.Execute(sql);

    /// <summary>Two batches; something happens when the store asks for the second.</summary>
    private sealed class Hooked(ScoredBatch first, Action between, ScoredBatch second) : IReadOnlyList<ScoredBatch>
    {
        public int Count => 2;

        public ScoredBatch this[int index] => index == 0 ? first : second;

        public IEnumerator<ScoredBatch> GetEnumerator()
        {
            yield return first;
            between();
            yield return second;
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
