using CsCheck;

using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Hashed;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Models;

public sealed class ScorerTests
{
    private static readonly Scorer _noise = TestModels.Noise();

    [Fact]
    public void The_two_apostrophes_are_one()
    {
        var scorer = TestModels.Noise(seed: 5);

        Assert.Equal(scorer.Score("don't say you can't"), scorer.Score("don’t say you can’t"));
    }

    [Fact]
    public void Any_text_scores_between_0_and_1_and_the_same_every_time() =>
        HostileText.Gen.Sample(
            static text =>
            {
                var probability = _noise.Score(text);
                Assert.InRange(probability, 0, 1);
                Assert.Equal(probability, _noise.Score(text));
            },
            iter: 1000);

    [Fact]
    public void Texts_scored_side_by_side_score_as_they_do_alone()
    {
        var texts = Enumerable.Range(0, 300).Select(i => string.Concat(Enumerable.Repeat($"word{i % 37} other{i} !! ", 1 + (i % 50)))).ToArray();
        var alone = Array.ConvertAll(texts, static text => _noise.Score(text));

        var beside = texts.AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(static text => _noise.Score(text)).ToArray();

        Assert.Equal(alone, beside);
    }

    [Fact]
    public void A_text_without_any_feature_scores_the_intercept()
    {
        var expected = 1 / (1 + Math.Exp(-_noise.Bias));

        Assert.Equal(expected, _noise.Score(""), 12);
        Assert.Equal(expected, _noise.Score(" \r\n\t\\\u200B"), 12);
        Assert.Empty(_noise.Explain("").Spans);
    }

    [Theory]
    [InlineData("You IDIOT", "you idiot")]
    [InlineData("a  b", "a\r\nb")]
    [InlineData("see http://a.b", "see https://www.c.d/e?f")]
    [InlineData("no!!!!", "no!!!!!!!!")]
    public void Case_spacing_and_addresses_make_no_difference_to_words(string one, string other)
    {
        var scorer = new HashedScorer(TestModels.NoiseParameters() with { Style = new double[TextStyle.Values] });

        Assert.Equal(scorer.Score(one), scorer.Score(other));
    }

    [Theory]
    [InlineData("no!", "no!!!")]
    [InlineData("dog bites man", "man bites dog")]
    public void Emphasis_and_order_make_one(string one, string other) => Assert.NotEqual(_noise.Score(one), _noise.Score(other));

    [Fact]
    public void Of_any_text_the_spans_are_ordered_apart_and_in_range_and_sum_to_the_logit() =>
        HostileText.Gen.Sample(static text => AssertExplains(text), iter: 2000);

    [Fact]
    public void A_word_said_a_hundred_thousand_times_is_still_explained() =>
        AssertExplains(string.Concat(Enumerable.Repeat("no ", 100_000)) + "yes");

    [Fact]
    public void The_guilty_word_is_what_the_explanation_points_at()
    {
        const string Text = "well &amp; good, you idiot";
        var weights = new short[FeatureHash.Buckets];
        var buckets = new int[FeatureHash.MostBucketsOfAToken];
        var word = PackedWord.Of("idiot"u8);
        foreach (var bucket in buckets[..FeatureHash.WordBuckets(FeatureHash.OfWord(word.Low, word.High), "idiot"u8, buckets)])
        {
            weights[bucket] = 100;
        }

        var guilty = new HashedScorer(TestModels.NoiseParameters() with { Weights = weights, FrequentWords = [] }).Explain(Text).Spans.MaxBy(span => span.Contribution);

        Assert.Equal("idiot", Text.Substring(guilty.Start, guilty.Length));
    }

    [Fact]
    public void Weights_of_another_size_are_refused() => Assert.Throws<ArgumentException>(() => new HashedScorer(TestModels.NoiseParameters() with { Weights = new short[10] }));

    private static void AssertExplains(string text)
    {
        var explanation = _noise.Explain(text);
        var end = 0;
        foreach (var span in explanation.Spans)
        {
            Assert.True(span.Length > 0 && span.Start >= end && span.Start + span.Length <= text.Length, $"{span} behind {end} of {text.Length}");
            end = span.Start + span.Length;
        }

        var probability = _noise.Score(text);
        var logit = Math.Log(probability / (1 - probability));
        Assert.Equal(logit, explanation.Terms.Sum(term => term.Contribution) + explanation.Spans.Sum(span => span.Contribution), tolerance: 1e-4 * (1 + Math.Abs(logit)));
        Assert.Equal(probability, explanation.Probability, tolerance: 1e-5);
    }
}
