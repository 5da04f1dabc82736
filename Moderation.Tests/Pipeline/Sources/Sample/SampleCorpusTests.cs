using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Sources.Sample;

namespace Moderation.Tests.Pipeline.Sources.Sample;

public sealed class SampleCorpusTests
{
    private static readonly SampleCorpus _corpus = SampleCorpus.Shared;

    private static IEnumerable<SampleEntry> All => _corpus.Training.Concat(_corpus.Streamed);

    [Fact]
    public void There_are_many_distinct_comments_of_several_communities()
    {
        Assert.True(_corpus.Count >= 1500, $"{_corpus.Count} entries");
        Assert.Equal(_corpus.Count, All.Select(entry => TextHash.Of(entry.Text.Main)).Distinct().Count());
        Assert.True(All.Select(entry => entry.Community).Distinct().Count() >= 5);
    }

    [Fact]
    public void Every_reason_for_removal_occurs_and_only_removed_comments_have_one()
    {
        var reasons = All.Where(entry => entry.Removed).Select(entry => entry.Reason).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["harassment", "insult", "medical-advice", "misinformation", "off-topic", "spam"], reasons);
        Assert.All(All.Where(entry => !entry.Removed), entry => Assert.Null(entry.Reason));
    }

    [Fact]
    public void Most_comments_are_kept_everywhere() =>
        Assert.All(
            All.GroupBy(entry => entry.Community),
            community => Assert.True(community.Count(entry => entry.Removed) * 2 < community.Count(), community.Key));

    [Fact]
    public void No_wording_of_a_streamed_comment_is_among_the_training_texts()
    {
        var trained = _corpus.TrainingRows.Select(row => TextHash.Of(row.Body)).ToHashSet();
        var shared = _corpus.Streamed
            .SelectMany(entry => Enumerable.Range(0, entry.Text.Count).Select(entry.Text.Variation))
            .Where(wording => trained.Contains(TextHash.Of(wording)));

        Assert.Empty(shared);
    }

    [Fact]
    public void Both_halves_have_about_the_same_share_of_removals()
    {
        static double Share(IReadOnlyList<LabelledComment> rows) => rows.Count(row => row.Removed) / (double)rows.Count;

        Assert.Equal(Share(_corpus.TrainingRows), Share(_corpus.HeldOutRows), tolerance: 0.1);
    }

    [Fact]
    public void No_wording_is_empty_or_shows_its_own_mark_up()
    {
        foreach (var wording in All.SelectMany(entry => Enumerable.Range(0, entry.Text.Count).Select(entry.Text.Variation)))
        {
            Assert.False(string.IsNullOrWhiteSpace(wording));
            Assert.DoesNotContain(wording, static c => c is '{' or '}' or '|');
        }
    }
}
