using System.Diagnostics;

using Moderation.Benchmarks.Texts;
using Moderation.Data.DataDirectories;
using Moderation.Data.Searching;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;
using static Moderation.Tests.Data.Searching.SearchExtensions;

namespace Moderation.Tests.Data.Searching;

/// <summary>
/// The figures of docs/search.md. Run them with <c>--explicit only --filter-class "*.SearchMeasurements"</c>; they print
/// and assert nothing about time.
/// </summary>
public sealed class SearchMeasurements(ITestOutputHelper output)
{
    private const int Comments = 200_000;

    private static readonly string[] _searches =
        ["science", "the", "the and", "\"of the\"", "scie*", "the*", "qwxyz", "people qwxyz", "a b c d e f g h", "i \"i i i i i i i i\""];

    [Fact(Explicit = true)]
    public async Task Catching_up_with_200_000_comments_and_searching_them()
    {
        await using var desk = await TestDesk.CreateAsync();
        var number = 0;
        foreach (var batch in new CommentGenerator(1).Take(Comments).Chunk(2000))
        {
            await desk.StoreAsync([.. batch.Select(comment => Scored($"c{number++}", comment.Body))]);
        }

        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        desk.IndexAll();
        var seconds = clock.Elapsed.TotalSeconds;
        var worked = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
        var bytes = new FileInfo(desk.Directory.SearchPath).Length;
        output.WriteLine($"catch-up: {Comments / seconds:N0} comments/s, {worked / seconds:0.00} of a processor");
        output.WriteLine($"size: {bytes / 1e6 / Comments * 100_000:0.0} MB for 100,000 comments");
        Search(desk.Get<SearchReader>(), Comments);
        Assert.Equal(Comments, desk.Directory.CountIndexed());
    }

    [Fact(Explicit = true)]
    public void Searching_four_million_comments()
    {
        const int All = 4_000_000;
        using var folder = new TemporaryFolder();
        var directory = new DataDirectory(folder.Path);
        var bodies = new CommentGenerator(1).Take(Comments).Select(comment => comment.Body).ToList();
        using (var index = SearchDatabase.Open(directory.SearchPath))
        {
            var clock = Stopwatch.StartNew();
            var last = TimeSpan.Zero;
            for (var id = 1; id < All; id += SearchIndexer.SliceSize)
            {
                index.Write(Enumerable.Range(id, SearchIndexer.SliceSize).Select(i => Text(i, bodies[i % Comments])));
                if ((id - 1) % 1_000_000 == 999_500)
                {
                    output.WriteLine($"up to {id + 499:N0}: {1_000_000 / (clock.Elapsed - last).TotalSeconds:N0} comments/s");
                    last = clock.Elapsed;
                }
            }
        }

        output.WriteLine($"size: {new FileInfo(directory.SearchPath).Length / 1e6:N0} MB");
        Search(new SearchReader(directory, new SearchStatus(TimeProvider.System), TimeProvider.System), All);
    }

    /// <summary>How fast the indexer goes beside a pipeline that stores as fast as it can, and how long it needs afterwards.</summary>
    [Fact(Explicit = true)]
    public async Task A_burst_and_what_is_behind_after_it()
    {
        await using var desk = await TestDesk.CreateAsync();
        using var indexer = new SearchIndexer(
            desk.Directory, desk.Get<SearchStatus>(), desk.Get<Moderation.Pipeline.Live.ChangeFeed>(), TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<SearchIndexer>.Instance);
        var bodies = new CommentGenerator(1).Take(Comments).Select(comment => comment.Body).ToList();
        await indexer.StartAsync(Stop);
        var clock = Stopwatch.StartNew();
        var number = 0;
        foreach (var batch in bodies.Concat(bodies).Chunk(1000))
        {
            await desk.StoreAsync([.. batch.Select(body => Scored($"c{number++}", body))]);
        }

        var burst = clock.Elapsed.TotalSeconds;
        var position = desk.Get<SearchStatus>().Read().Position;
        output.WriteLine($"burst: {number / burst:N0} stored/s for {burst:0.0} s, {position / burst:N0} indexed/s, {number - position:N0} behind");
        await Eventually.TrueAsync(() => desk.Get<SearchStatus>().Read().Position == number, "all is indexed", TimeSpan.FromMinutes(2));
        var caughtUp = clock.Elapsed.TotalSeconds - burst;
        output.WriteLine($"afterwards: {(number - position) / caughtUp:N0} indexed/s, all of it after {caughtUp:0.0} s");
        await indexer.StopAsync(CancellationToken.None);
    }

    private void Search(SearchReader reader, long newest)
    {
        foreach (var words in _searches)
        {
            var times = new List<double>();
            SearchPage page = null!;
            for (var i = 0; i < 40; i++)
            {
                var clock = Stopwatch.StartNew();
                page = reader.Search(words, i % 2 == 0 ? null : newest / 2, 50, Stop);
                times.Add(clock.Elapsed.TotalMilliseconds);
            }

            times.Sort();
            output.WriteLine(
                $"{words,-24} {page.Ids.Count,3} hits{(page.BudgetSpent ? ", budget spent" : "")}: median {times[20]:0.0} ms, longest {times[^1]:0.0} ms");
        }
    }
}
