using System.Text.RegularExpressions;

using Moderation.Data.Writing;
using Moderation.Pipeline.Models.Starter;
using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Sources.Sample;

namespace Moderation.Tests.Pipeline.Models.Starter;

public sealed partial class StarterCorpusTests
{
    private static readonly StarterCorpus _corpus = StarterCorpus.Shared;

    /// <summary>All the words that an entry can say, each alternative at least once.</summary>
    private static IEnumerable<string> AllWordings => _corpus.Entries.SelectMany(entry => entry.Text.Wordings(int.MaxValue));

    [Fact]
    public void There_are_many_entries_of_every_label_in_every_group()
    {
        Assert.True(_corpus.Entries.Count >= 900, $"{_corpus.Entries.Count} entries");
        Assert.All(
            _corpus.Entries.GroupBy(entry => entry.Group),
            group => Assert.True(group.Any(entry => entry.Removed) && group.Any(entry => !entry.Removed), group.Key));
    }

    [Fact]
    public void A_genre_stands_in_one_group_and_is_written_alike() =>
        Assert.All(
            _corpus.Entries.GroupBy(entry => entry.Genre),
            genre =>
            {
                Assert.Single(genre.Select(entry => entry.Group).Distinct());
                Assert.Matches("^[a-z]+(-[a-z]+)*$", genre.Key);
            });

    [Fact]
    public void Between_a_third_and_a_half_of_the_training_texts_are_removed() =>
        Assert.InRange(_corpus.Rows.Count(row => row.Removed) / (double)_corpus.Rows.Count, 0.35, 0.5);

    [Fact]
    public void There_are_few_enough_texts_to_train_from_while_somebody_waits() => Assert.InRange(_corpus.Rows.Count, 4000, 8000);

    [Fact]
    public void Every_removed_entry_has_a_known_reason_and_no_kept_one_has_any()
    {
        Assert.All(_corpus.Entries.Where(entry => entry.Removed), entry => Assert.NotNull(RemovalReason.Find(entry.Reason)));
        Assert.All(_corpus.Entries.Where(entry => !entry.Removed), entry => Assert.Null(entry.Reason));
    }

    [Fact]
    public void No_wording_is_empty_or_shows_its_own_mark_up() =>
        Assert.All(AllWordings, static wording =>
        {
            Assert.False(string.IsNullOrWhiteSpace(wording));
            Assert.DoesNotContain(wording, static c => c is '{' or '}' or '|');
        });

    [Fact]
    public void No_training_text_comes_twice()
    {
        var twice = _corpus.Rows.GroupBy(row => TextHash.Of(row.Body)).Where(group => group.Count() > 1);

        Assert.Empty(twice.Select(group => group.First().Body));
    }

    [Fact]
    public void No_wording_of_a_streamed_comment_is_among_the_training_texts()
    {
        var trained = _corpus.Rows.Select(row => TextHash.Of(row.Body)).ToHashSet();
        var shared = SampleCorpus.Shared.Streamed
            .SelectMany(entry => Enumerable.Range(0, entry.Text.Count).Select(entry.Text.Variation))
            .Where(wording => trained.Contains(TextHash.Of(wording)));

        Assert.Empty(shared);
    }

    [Fact]
    public void No_kept_text_is_a_removed_one_with_a_word_changed()
    {
        var rows = _corpus.Rows.Select(row => (row.Removed, row.Body, Words: Words(row.Body))).ToList();
        var removed = rows.Where(row => row.Removed && row.Words.Count >= 5).ToLookup(row => row.Words.Count);
        foreach (var kept in rows.Where(row => !row.Removed && row.Words.Count >= 5))
        {
            for (var size = kept.Words.Count - 1; size <= kept.Words.Count + 1; size++)
            {
                Assert.DoesNotContain(removed[size], other => kept.Words.Count(other.Words.Contains) >= size - 1);
            }
        }

        static HashSet<string> Words(string body) =>
            [.. Word().Matches(body.ToLowerInvariant()).Select(static word => word.Value)];
    }

    [Fact]
    public void All_addresses_are_of_domains_reserved_for_examples() =>
        Assert.All(
            AllWordings.SelectMany(wording => Host().Matches(wording)),
            static host => Assert.Matches(@"(^|\.)(example|example\.(com|net|org))$", host.Groups["host"].Value));

    [Fact]
    public void Nobody_can_be_written_to_or_called() =>
        Assert.All(AllWordings, static wording =>
        {
            Assert.DoesNotMatch(@"\w@\w+\.\w", wording);
            Assert.DoesNotMatch(@"\+?\d[\d ()-]{7,}\d", wording);
        });

    [Fact]
    public void What_is_learnt_from_it_still_tells_the_sample_apart()
    {
        var trained = new ModelTrainer(TimeProvider.System)
            .Train(_corpus.Rows, SampleCorpus.Shared.HeldOutRows, "test", null, TestContext.Current.CancellationToken);

        Assert.InRange(trained.Card.Metrics!.RocAuc!.Value, 0.82, 1);
    }

    [GeneratedRegex(@"[\p{L}\p{Nd}']+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?:https?://(?:www\.)?|www\.)(?<host>[\w.-]*\w)", RegexOptions.IgnoreCase)]
    private static partial Regex Host();
}
