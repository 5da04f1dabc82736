using System.Diagnostics;
using System.Globalization;

using Moderation.Benchmarks.Texts;
using Moderation.Data.DataDirectories;
using Moderation.Data.Searching;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;
using static Moderation.Tests.Data.Searching.SearchExtensions;

namespace Moderation.Tests.Data.Searching;

/// <summary>
/// The figures of docs/search.md: small in the suite, where only what was indexed counts, and of any size with
/// <see cref="Variable"/> and <c>--show-live-output on</c>.
/// </summary>
public sealed class SearchMeasurements(ITestOutputHelper output)
{
    /// <summary>How many comments; the large index has twenty times as many.</summary>
    private const string Variable = "MODERATION_SEARCH_COMMENTS";

    private static readonly int _comments = int.Parse(Environment.GetEnvironmentVariable(Variable) ?? "2000", CultureInfo.InvariantCulture);

    private static readonly string[] _searches =
        ["science", "the", "the and", "\"of the\"", "scie*", "the*", "qwxyz", "people qwxyz", "a b c d e f g h", "i \"i i i i i i i i\""];

    [Fact]
    public async Task All_that_is_stored_is_caught_up_with_and_found()
    {
        await using var desk = await TestDesk.CreateAsync();
        var number = 0;
        foreach (var batch in new CommentGenerator(1).Take(_comments).Chunk(2000))
        {
            await desk.StoreAsync([.. batch.Select(comment => Scored($"c{number++}", comment.Body))]);
        }

        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        desk.IndexAll();
        var seconds = clock.Elapsed.TotalSeconds;
        var worked = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
        var bytes = new FileInfo(desk.Directory.SearchPath).Length;
        output.WriteLine($"catch-up: {_comments / seconds:N0} comments/s, {worked / seconds:0.00} of a processor");
        output.WriteLine($"size: {bytes / 1e6 / _comments * 100_000:0.0} MB for 100,000 comments");
        Search(desk.Get<SearchReader>(), _comments);
        Assert.Equal(_comments, desk.Directory.CountIndexed());
    }

    [Fact]
    public void An_index_of_many_tables_is_searched()
    {
        var all = 20 * _comments;
        var part = all / 4;
        using var folder = new TemporaryFolder();
        var directory = new DataDirectory(folder.Path);
        var bodies = new CommentGenerator(1).Take(_comments).Select(comment => comment.Body).ToList();
        using (var index = SearchDatabase.Open(directory.SearchPath))
        {
            var clock = Stopwatch.StartNew();
            var last = TimeSpan.Zero;
            for (var id = 1; id <= all; id += SearchIndexer.SliceSize)
            {
                index.Write(Enumerable.Range(id, SearchIndexer.SliceSize).Select(i => Text(i, bodies[i % _comments])));
                if ((id + SearchIndexer.SliceSize - 1) % part == 0)
                {
                    output.WriteLine($"up to {id + SearchIndexer.SliceSize - 1:N0}: {part / (clock.Elapsed - last).TotalSeconds:N0} comments/s");
                    last = clock.Elapsed;
                }
            }
        }

        output.WriteLine($"size: {new FileInfo(directory.SearchPath).Length / 1e6:N0} MB");
        Search(new SearchReader(directory, new SearchStatus(TimeProvider.System), TimeProvider.System), all);
        Assert.Equal(all, directory.CountIndexed());
    }

    [Fact]
    public async Task What_a_burst_left_behind_is_indexed_after_it()
    {
        await using var desk = await TestDesk.CreateAsync();
        using var indexer = new SearchIndexer(
            desk.Directory, desk.Get<SearchStatus>(), desk.Get<Moderation.Pipeline.Live.ChangeFeed>(), TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<SearchIndexer>.Instance);
        var bodies = new CommentGenerator(1).Take(_comments).Select(comment => comment.Body).ToList();
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
        Assert.Equal(number, desk.Directory.CountIndexed());
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
