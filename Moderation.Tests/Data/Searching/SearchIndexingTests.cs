using CsCheck;

using Microsoft.Data.Sqlite;

using Moderation.Data.DataDirectories;
using Moderation.Data.Searching;
using Moderation.Pipeline.Flow;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;
using static Moderation.Tests.Data.Searching.SearchExtensions;

namespace Moderation.Tests.Data.Searching;

public sealed class SearchIndexingTests
{
    /// <summary>What can happen between two slices.</summary>
    private enum Cut
    {
        None,

        /// <summary>The indexer ends behind a commit and begins again.</summary>
        Restart,

        /// <summary>The process dies in the middle of a transaction.</summary>
        Crash,
    }

    [Fact]
    public void Whatever_is_stored_and_however_it_is_cut_each_newest_text_is_indexed_once() =>
        Gen.Select(
                Gen.Select(Gen.Int[0, 9], Gen.Bool).Array[1, 40],
                Gen.Select(Gen.Int[1, 5], Gen.Enum<Cut>(), Gen.Int[0, 4]).Array[1, 30])
            .Sample(
                (stored, cuts) => Task.Run(() => CheckAsync(stored, cuts)).GetAwaiter().GetResult(),
                iter: 25,
                threads: 1);

    [Fact]
    public async Task Rows_of_texts_are_numbered_in_the_order_of_their_commits_edits_included()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a", "one"), Scored("b", "two"), Scored("a", "three"));
        await desk.StoreAsync(Scored("c", "four"), Scored("c", "four"), Withdrawn("b"), Scored("a", "five"));

        using var feed = TextFeed.Open(desk.Directory.DatabasePath);
        var slice = feed.Read(FeedPlace.Start, 100);

        Assert.Equal(["one", "two", "three", "four", "five"], slice.Texts.Select(text => text.Body));
        Assert.Equal([1, 2, 3, 4, 5], slice.Texts.Select(text => text.Place.Row));
        Assert.Equal([(1, 1), (2, 1), (1, 2), (3, 1), (1, 3)], slice.Texts.Select(text => ((int)text.Place.CommentId, text.Place.TextVersion)));
        Assert.Equal(5, feed.Newest());
    }

    [Fact]
    public async Task A_slice_of_long_texts_ends_early_and_the_next_one_goes_on()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync([.. Enumerable.Range(0, 5).Select(i => Scored($"id{i}", new string((char)('a' + i), 600_000)))]);
        using var feed = TextFeed.Open(desk.Directory.DatabasePath);

        var first = feed.Read(FeedPlace.Start, 100);
        var second = feed.Read(first.Texts[^1].Place, 100);

        Assert.Equal([2, 2], [first.Texts.Count, second.Texts.Count]);
        Assert.StartsWith("c", second.Texts[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_its_owner_can_read_the_index(bool wasThere)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a"));
        if (wasThere)
        {
            File.WriteAllText(desk.Directory.SearchPath, "");
        }

        using var indexing = new SearchIndexing(desk.Directory);
        indexing.Advance(10);

        foreach (var file in new[] { "", "-wal", "-shm" })
        {
#pragma warning disable CA1416 // Skipped on Windows.
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(desk.Directory.SearchPath + file));
#pragma warning restore CA1416
        }
    }

    [Theory]
    [InlineData("no database at all")]
    [InlineData("newer")]
    [InlineData("a page of it")]
    [InlineData("another program's")]
    public async Task A_file_that_is_not_usable_is_made_anew(string damage)
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync([.. Enumerable.Range(0, 300).Select(i => Scored($"id{i}", $"word{i} of a text"))]);
        desk.IndexAll();
        Damage(desk.Directory, damage);
        await desk.StoreAsync(Scored("last", "the last one"));

        using var indexing = new SearchIndexing(desk.Directory);
        Assert.Throws<DamagedIndexException>(() => indexing.Advance(1000));
        indexing.StartAnew();
        var step = indexing.Advance(1000);

        Assert.Equal(new IndexStep(301, 301), step);
        Assert.Equal([301], desk.Get<SearchReader>().Find("last"));
        Assert.Equal([8], desk.Get<SearchReader>().Find("word7"));
    }

    [Theory]
    [InlineData("an older copy")]
    [InlineData("an older copy that has grown again")]
    [InlineData("another database")]
    public async Task An_index_of_another_database_is_made_anew(string other)
    {
        using var folder = new TemporaryFolder();
        var copy = folder.File("copy.db");
        await using (var before = await TestDesk.CreateAsync(folder.Path))
        {
            await before.StoreAsync(Scored("a", "first"));
            Backup(before.Directory.DatabasePath, copy);
            await before.StoreAsync(Scored("b", "forgotten"), Scored("c", "forgotten"));
            before.IndexAll();
            Assert.Equal([3, 2], before.Get<SearchReader>().Find("forgotten"));
        }

        foreach (var file in new[] { "moderation.db", "moderation.db-wal", "moderation.db-shm" })
        {
            File.Delete(folder.File(file));
        }

        if (other != "another database")
        {
            File.Move(copy, folder.File("moderation.db"));
        }

        await using var desk = await TestDesk.CreateAsync(folder.Path);
        if (other != "an older copy")
        {
            // As many rows with the same numbers, received at another time.
            await desk.StoreAsync(Batch([Scored("d", "new"), Scored("e", "new"), Scored("f", "new")]) with { ReceivedAt = Noon.AddHours(1) });
        }

        desk.IndexAll();

        Assert.Empty(desk.Get<SearchReader>().Find("forgotten"));
        Assert.Equal(other == "another database" ? [] : [1], desk.Get<SearchReader>().Find("first"));
        Assert.Equal(other == "an older copy" ? 0 : 3, desk.Get<SearchReader>().Find("new").Count);
    }

    [Fact]
    public async Task A_file_that_is_taken_away_meanwhile_is_made_again()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a", "first"));
        using var indexing = new SearchIndexing(desk.Directory);
        indexing.Advance(10);
        SearchDatabase.Delete(desk.Directory.SearchPath);
        await desk.StoreAsync(Scored("b", "second"));

        while (indexing.Advance(10).Texts > 0)
        {
        }

        Assert.Equal([1], desk.Get<SearchReader>().Find("first"));
        Assert.Equal([2], desk.Get<SearchReader>().Find("second"));
    }

    [Fact]
    public async Task A_file_that_another_program_holds_is_waited_for_and_nothing_is_lost()
    {
        await using var desk = await TestDesk.CreateAsync();
        await desk.StoreAsync(Scored("a", "first"));
        desk.IndexAll();
        await desk.StoreAsync(Scored("b", "second"));
        using var indexing = new SearchIndexing(desk.Directory);
        using (var other = new SqliteConnection($"Data Source={desk.Directory.SearchPath};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction(deferred: false);

            var fault = Assert.Throws<StoreUnavailableException>(() => indexing.Advance(10));
            Assert.Contains("locked", fault.Message, StringComparison.Ordinal);
            Assert.Equal([1], desk.Get<SearchReader>().Find("first"));
        }

        indexing.Close();
        Assert.Equal(1, indexing.Advance(10).Texts);
        Assert.Equal([2], desk.Get<SearchReader>().Find("second"));
    }

    private static async Task CheckAsync((int Comment, bool Again)[] stored, (int Slice, Cut Cut, int Done)[] cuts)
    {
        await using var desk = await TestDesk.CreateAsync();
        var newest = new Dictionary<int, (long Id, int Version)>();
        var indexing = new SearchIndexing(desk.Directory);
        try
        {
            var next = 0;
            foreach (var (comment, again) in stored)
            {
                // A new text of the comment, or the same once more.
                var version = newest.TryGetValue(comment, out var known) ? known.Version + (again ? 0 : 1) : 1;
                var committed = await desk.StoreAsync(Scored($"id{comment}", $"comment{comment} version{version} of{comment}in{version}"));
                newest[comment] = (committed[0].Id, version);
                var (slice, cut, done) = cuts[next++ % cuts.Length];
                if (cut == Cut.Crash)
                {
                    indexing.Close();
                    Crash(desk.Directory, slice, done);
                }
                else if (cut == Cut.Restart)
                {
                    indexing.Advance(slice);
                    indexing.Dispose();
                    indexing = new SearchIndexing(desk.Directory);
                }
                else if (done > 2)
                {
                    indexing.Advance(slice);
                }
            }

            while (indexing.Advance(cuts[0].Slice).Texts > 0)
            {
            }
        }
        finally
        {
            indexing.Dispose();
        }

        Assert.Equal(newest.Count, desk.Directory.CountIndexed());
        var reader = desk.Get<SearchReader>();
        foreach (var (comment, (id, version)) in newest)
        {
            Assert.Equal([id], reader.Find($"comment{comment}"));
            for (var earlier = 1; earlier < version; earlier++)
            {
                Assert.Empty(reader.Find($"of{comment}in{earlier}"));
            }

            Assert.Equal([id], reader.Find($"of{comment}in{version}"));
        }
    }

    /// <summary>Writes part of a slice and leaves the files as a process that dies there does.</summary>
    private static void Crash(DataDirectory directory, int slice, int done)
    {
        string[] files = [directory.SearchPath, directory.SearchPath + "-wal"];
        using (var feed = TextFeed.Open(directory.DatabasePath))
        using (var index = SearchDatabase.Open(directory.SearchPath))
        {
            var texts = feed.Read(index.Position, slice).Texts;
            Assert.Throws<TimeoutException>(() => index.Write(texts.Take(done).Concat(Dying())));
        }

        foreach (var file in files.Where(file => File.Exists(file + ".dead")))
        {
            File.Move(file + ".dead", file, overwrite: true);
        }

        IEnumerable<IndexedText> Dying()
        {
            foreach (var file in files)
            {
                File.Copy(file, file + ".dead", overwrite: true);
            }

            throw new TimeoutException("It died.");
#pragma warning disable CS0162 // Makes it an iterator.
            yield break;
#pragma warning restore CS0162
        }
    }

    private static void Damage(DataDirectory directory, string damage)
    {
        if (damage == "no database at all")
        {
            File.WriteAllText(directory.SearchPath, new string('x', 20_000));
            return;
        }

        if (damage == "a page of it")
        {
            using var file = File.Open(directory.SearchPath, FileMode.Open, FileAccess.ReadWrite);
            file.Seek(4096, SeekOrigin.Begin);
            file.Write(new byte[file.Length - 4096]);
            return;
        }

        using var connection = new SqliteConnection($"Data Source={directory.SearchPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = damage == "newer" ? "PRAGMA user_version = 2" : """DROP TABLE "Progress"; CREATE TABLE "Other" ("A")""";
        command.ExecuteNonQuery();
    }

    private static void Backup(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={from};Pooling=False");
        using var target = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
    }
}
