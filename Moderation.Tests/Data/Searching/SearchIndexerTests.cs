using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

using Moderation.Data.Searching;
using Moderation.Pipeline.Live;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Searching;

public sealed class SearchIndexerTests
{
    [Fact]
    public async Task What_was_stored_before_the_start_and_what_each_commit_adds_is_indexed_without_waiting_for_the_clock()
    {
        var time = new FakeTimeProvider();
        await using var desk = await TestDesk.CreateAsync(time: time);
        await desk.StoreAsync(Enumerable.Range(0, (2 * SearchIndexer.SliceSize) + 1).Select(i => Scored($"id{i}", "early")).ToArray());
        await using var running = await RunAsync(desk);
        await IndexedAsync(desk, 1001);

        await desk.StoreAsync(Scored("a", "late"));
        desk.Get<ChangeFeed>().Notify();

        await IndexedAsync(desk, 1002);
        Assert.Equal([1002], desk.Get<SearchReader>().Find("late"));
        var figures = desk.Get<SearchStatus>().Read();
        Assert.Equal((0, null), (figures.Behind, figures.Problem));
        Assert.InRange(figures.BytesOnDisk, 10_000, 10_000_000);
    }

    [Fact]
    public async Task A_commit_that_nobody_told_of_is_found_by_the_slow_timer()
    {
        var time = new FakeTimeProvider();
        await using var desk = await TestDesk.CreateAsync(time: time);
        await desk.StoreAsync(Scored("a"));
        await using var running = await RunAsync(desk);
        await IndexedAsync(desk, 1);

        await desk.StoreAsync(Scored("b", "silent"));
        time.Advance(SearchIndexer.LongestSleep);

        await IndexedAsync(desk, 2);
        Assert.Equal([2], desk.Get<SearchReader>().Find("silent"));
    }

    [Theory]
    [InlineData("the data directory is gone")]
    [InlineData("something else stands in its place")]
    public async Task A_fault_is_told_and_the_indexer_goes_on_by_itself_when_it_ends(string fault)
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider();
        await using var desk = await TestDesk.CreateAsync(folder.File("data"), time);
        await desk.StoreAsync(Scored("a", "first"));
        await using var running = await RunAsync(desk);
        var status = desk.Get<SearchStatus>();
        await IndexedAsync(desk, 1);
        await desk.StoreAsync(Scored("b", "second"));

        if (fault == "the data directory is gone")
        {
            Directory.Move(folder.File("data"), folder.File("elsewhere"));
        }
        else
        {
            File.Move(desk.Directory.SearchPath, folder.File("kept.db"));
            Directory.CreateDirectory(desk.Directory.SearchPath);
        }

        time.Advance(SearchIndexer.LongestSleep);
        await Eventually.TrueAsync(() => status.Read().Problem is not null, "the fault is told");
        Assert.Matches("search index .*(cannot be opened|denied)", status.Read().Problem!);
        Assert.False(running.Indexer.ExecuteTask!.IsCompleted);

        if (fault == "the data directory is gone")
        {
            Directory.Move(folder.File("elsewhere"), folder.File("data"));
        }
        else
        {
            Directory.Delete(desk.Directory.SearchPath);
        }

        await AdvanceUntilAsync(time, () => status.Read() is { Problem: null, Position: 2 });
        Assert.Equal([1], desk.Get<SearchReader>().Find("first"));
        Assert.Equal([2], desk.Get<SearchReader>().Find("second"));
    }

    [Theory]
    [InlineData("found by the indexer")]
    [InlineData("found by a reader")]
    public async Task A_damaged_index_is_made_anew_while_the_desk_runs(string found)
    {
        var time = new FakeTimeProvider();
        await using var desk = await TestDesk.CreateAsync(time: time);
        await desk.StoreAsync(Scored("a", "first"), Scored("b", "second"));
        desk.IndexAll();
        File.WriteAllText(desk.Directory.SearchPath, new string('x', 20_000));
        if (found == "found by a reader")
        {
            Assert.Contains("damaged", desk.Get<SearchReader>().Search("first", null, 10, Stop).Reason, StringComparison.Ordinal);
        }

        await using var running = await RunAsync(desk);

        await AdvanceUntilAsync(time, () => desk.Get<SearchStatus>().Read() is { Problem: null, Position: 2 });
        Assert.Equal([1], desk.Get<SearchReader>().Find("first"));
        Assert.Equal(2, desk.Directory.CountIndexed());
    }

    [Fact]
    public async Task Behind_counts_what_is_stored_and_not_indexed_while_the_index_cannot_be_written_to()
    {
        var time = new FakeTimeProvider();
        await using var desk = await TestDesk.CreateAsync(time: time);
        await desk.StoreAsync(Scored("a"), Scored("b"), Scored("c"));
        Directory.CreateDirectory(desk.Directory.SearchPath + "-wal");
        await using var running = await RunAsync(desk);
        var status = desk.Get<SearchStatus>();
        await Eventually.TrueAsync(() => status.Read().Problem is not null, "the fault is told");
        Assert.Equal((0, 3), (status.Read().Position, status.Read().Behind));

        Directory.Delete(desk.Directory.SearchPath + "-wal");
        await AdvanceUntilAsync(time, () => status.Read() is { Problem: null, Position: 3, Behind: 0 });
    }

    [Fact]
    public void Figures_keep_the_position_and_let_the_lag_grow_while_a_problem_lasts()
    {
        var status = new SearchStatus(new FakeTimeProvider());
        status.Indexed(10, position: 10, newest: 15, bytesOnDisk: 4096);
        Assert.Equal((10, 5, 4096, null), Figures());

        status.Failed("It is full.", newest: 40);
        Assert.Equal((10, 30, 4096, "It is full."), Figures());
        status.Failed("It is full.", newest: 0);
        Assert.Equal((10, 30, 4096, "It is full."), Figures());

        status.Indexed(30, position: 40, newest: 40, bytesOnDisk: 8192);
        Assert.Equal((40, 0, 8192, null), Figures());

        (long, long, long, string?) Figures()
        {
            var read = status.Read();
            return (read.Position, read.Behind, read.BytesOnDisk, read.Problem);
        }
    }

    private static Task IndexedAsync(TestDesk desk, long position) =>
        Eventually.TrueAsync(() => desk.Get<SearchStatus>().Read().Position == position, $"text {position} is indexed");

    private static Task AdvanceUntilAsync(FakeTimeProvider time, Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            time.Advance(SearchIndexer.LongestRetry);
            return condition();
        },
        "the indexer goes on");

    private static async Task<Running> RunAsync(TestDesk desk)
    {
        var indexer = new SearchIndexer(
            desk.Directory, desk.Get<SearchStatus>(), desk.Get<ChangeFeed>(), desk.Get<TimeProvider>(), NullLogger<SearchIndexer>.Instance);
        await indexer.StartAsync(Stop);
        return new Running(indexer);
    }

    private sealed record Running(SearchIndexer Indexer) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Indexer.StopAsync(CancellationToken.None).Guarded();
            Indexer.Dispose();
        }
    }
}
