using Moderation.Pipeline.Models.Talk;

namespace Moderation.Tests.Pipeline.Models.Talk;

public sealed class TalkFeaturesTests
{
    /// <summary>By scikit-learn 1.2.1's TfidfVectorizer(min_df=3, ngram_range=(1, 3), sublinear_tf=True), terms in this order.</summary>
    private static readonly string[] _terms = ["blue", "red", "red blue"];

    private static readonly string[] _corpus = ["red red blue", "red blue green", "red blue", "green tea", "blue red"];

    private static readonly float[] _idf = [TalkRecipe.Idf(4, 5), TalkRecipe.Idf(4, 5), TalkRecipe.Idf(3, 5)];

    [Fact]
    public void The_vocabulary_and_its_idf_are_scikit_learns()
    {
        var selection = new TermSelection();
        var tokenizer = new TalkTokenizer();
        foreach (var text in _corpus)
        {
            tokenizer.Fill(text);
            selection.Add(tokenizer);
        }

        Assert.Equal(_terms, selection.Select(3, 1000, TestContext.Current.CancellationToken).Select(term => term.Name));
        Assert.Equal(1.18232156, _idf[0], tolerance: 1e-6);
        Assert.Equal(1.40546511, _idf[2], tolerance: 1e-6);
    }

    [Theory]
    [InlineData("red red blue", 0.43520096, 0.73685928, 0.51733791)]
    [InlineData("red blue green", 0.5412854, 0.5412854, 0.64344403)]
    [InlineData("blue red", 0.70710678, 0.70710678, 0)]
    [InlineData("green tea", 0, 0, 0)]
    [InlineData("", 0, 0, 0)]
    public void The_features_of_a_text_are_scikit_learns(string text, double blue, double red, double redBlue)
    {
        var features = new TalkFeatures();
        features.Fill("red something red entirely blue else", new TalkVocabulary(_terms));

        features.Fill(text, new TalkVocabulary(_terms));

        var values = new double[3];
        foreach (var term in features.Terms)
        {
            values[term] = features.ValueOf(term, _idf) / features.Norm(_idf);
        }

        Assert.Equal(blue, values[0], tolerance: 1e-6);
        Assert.Equal(red, values[1], tolerance: 1e-6);
        Assert.Equal(redBlue, values[2], tolerance: 1e-6);
    }

    [Fact]
    public void A_dropped_mark_does_not_part_a_pair_but_an_unknown_word_does()
    {
        var features = new TalkFeatures();
        var vocabulary = new TalkVocabulary(_terms);

        features.Fill("red, blue", vocabulary);
        Assert.Equal([1, 2, 0], features.Terms.ToArray());

        features.Fill("red or blue", vocabulary);
        Assert.Equal([1, 0], features.Terms.ToArray());
    }
}
