using Moderation.Data.DataDirectories;
using Moderation.Data.Searching;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;
using static Moderation.Tests.Data.Searching.SearchExtensions;

namespace Moderation.Tests.Data.Searching;

public sealed class SearchReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DataDirectory _directory;
    private readonly SearchStatus _status = new(TimeProvider.System);
    private readonly SearchReader _reader;

    public SearchReaderTests()
    {
        _directory = new DataDirectory(_folder.Path);
        _reader = new SearchReader(_directory, _status, TimeProvider.System);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cat", new long[] { 4, 3, 1 })]
    [InlineData("CAT black", new long[] { 3, 1 })]
    [InlineData("\"black cat\"", new long[] { 1 })]
    [InlineData("cafe", new long[] { 5 })]
    [InlineData("CAFÉ", new long[] { 5 })]
    [InlineData("don't", new long[] { 2 })]
    [InlineData("scien*", new long[] { 5, 2 })]
    [InlineData("\"a scien*\"", new long[] { })]
    [InlineData("cats", new long[] { })]
    [InlineData("日本語", new long[] { 6 })]
    public void Comments_are_found_by_their_words_newest_first(string words, long[] ids)
    {
        Index(
            "a black cat", "I don't like science", "The cat is BLACK", "cat, cat; cat!", "the café of scientists", "日本語");

        Assert.Equal(ids, _reader.Find(words));
    }

    [Fact]
    public void An_edited_comment_is_found_by_its_newest_text_alone()
    {
        Index("first words", "second words");
        using (var index = SearchDatabase.Open(_directory.SearchPath))
        {
            index.Write([Text(1, "other words", version: 2)]);
        }

        Assert.Empty(_reader.Find("first"));
        Assert.Equal([1], _reader.Find("other"));
        Assert.Equal([2, 1], _reader.Find("words"));
    }

    [Fact]
    public void Pages_go_on_through_all_tables_of_the_index_without_losing_or_doubling_a_comment()
    {
        long[] ids = [1, SearchShard.Size - 1, SearchShard.Size, SearchShard.Size + 1, 2 * SearchShard.Size, (5 * SearchShard.Size) - 1, 5 * SearchShard.Size];
        using (var index = SearchDatabase.Open(_directory.SearchPath))
        {
            index.Write(ids.Select(id => Text(id, "hello")));
        }

        Assert.Equal(ids.Reverse(), _reader.Find("hello"));
        Assert.Equal([SearchShard.Size, SearchShard.Size - 1, 1], _reader.Search("hello", SearchShard.Size + 1, 10, Stop).Ids);
        Assert.Empty(_reader.Search("hello", 1, 10, Stop).Ids);
        Assert.Null(_reader.Search("hello", null, ids.Length, Stop).Next);
    }

    [Fact]
    public void A_page_that_has_cost_enough_says_how_far_back_it_looked_and_the_next_one_goes_on_there()
    {
        using (var index = SearchDatabase.Open(_directory.SearchPath))
        {
            index.Write([Text(7, "needle"), .. Enumerable.Range(1, 4).Select(shard => Text(shard * SearchShard.Size, "hay"))]);
        }

        // Each look at the clock is later than the budget.
        var reader = new SearchReader(_directory, _status, new HastyTime(SearchReader.Budget + TimeSpan.FromMilliseconds(1)));
        var pages = new List<SearchPage>();
        long? before = null;
        do
        {
            pages.Add(reader.Search("needle", before, 10, Stop));
            before = pages[^1].Next;
        }
        while (before is not null);

        Assert.Equal([4 * SearchShard.Size, 3 * SearchShard.Size, 2 * SearchShard.Size, SearchShard.Size, null], pages.Select(page => page.Next));
        Assert.Equal([true, true, true, true, false], pages.Select(page => page.BudgetSpent));
        Assert.Equal([7], pages.SelectMany(page => page.Ids));
    }

    [Fact]
    public void Without_an_index_or_without_a_word_the_page_says_why_it_is_empty()
    {
        Assert.Equal("The search index is not built yet.", _reader.Search("cat", null, 10, Stop).Reason);
        Index("a cat");

        var page = _reader.Search("  ", null, 10, Stop);

        Assert.Empty(page.Ids);
        Assert.Null(page.Next);
        Assert.Equal("Type a word to search for.", page.Reason);
    }

    [Fact]
    public void A_file_that_is_only_just_being_made_is_not_taken_for_a_damaged_one()
    {
        _folder.Write("search.db", "");

        Assert.Contains("cannot be read", _reader.Search("cat", null, 10, Stop).Reason, StringComparison.Ordinal);
        Assert.False(_status.TakeDamage());
    }

    [Fact]
    public void A_damaged_file_is_reported_to_the_indexer()
    {
        _folder.Write("search.db", new string('x', 10_000));

        Assert.Contains("damaged", _reader.Search("cat", null, 10, Stop).Reason, StringComparison.Ordinal);
        Assert.True(_status.TakeDamage());
        Assert.False(_status.TakeDamage());
    }

    [Fact]
    public void A_page_says_how_far_the_index_is_behind()
    {
        Index("a cat");
        _status.Indexed(1, position: 1, newest: 12_001, bytesOnDisk: 0);

        Assert.Equal(12_000, _reader.Search("cat", null, 10, Stop).Behind);
        Assert.Equal(12_000, _reader.Search("", null, 10, Stop).Behind);
    }

    [Fact]
    public void A_search_that_is_called_off_stops()
    {
        Index("a cat");

        Assert.Throws<OperationCanceledException>(() => _reader.Search("cat", null, 10, new CancellationToken(canceled: true)));
    }

    private void Index(params string[] bodies)
    {
        using var index = SearchDatabase.Open(_directory.SearchPath);
        index.Write(bodies.Select((body, i) => Text(i + 1, body)));
    }

    /// <summary>A clock that is further on at each look.</summary>
    private sealed class HastyTime(TimeSpan step) : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ++_looks * step.Ticks;
    }
}
