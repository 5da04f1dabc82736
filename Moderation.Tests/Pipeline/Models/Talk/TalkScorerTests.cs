using System.Text;

using CsCheck;

using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Talk;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Models.Talk;

public sealed class TalkScorerTests
{
    private static readonly string[] _known = [" you idiots ", " don't go away ", "&#39;t word word", "👍🏽 URL"];

    private static readonly TalkScorer _noise = Noise();

    [Fact]
    public void Spans_lie_in_the_original_text()
    {
        const string Text = "Well &amp; 👍🏽 the&#32;idi\\ots don&#39;t [read papers](http://x.y/z)";

        var spans = Weighing("idiot", "do", "not", "read paper", "URL").Explain(Text).Spans;

        Assert.Equal(
            ["idi\\ots", "do", "n&#39;t", "read", "papers", "http://x.y/z"],
            spans.Select(span => Text.Substring(span.Start, span.Length)));
    }

    [Fact]
    public void A_terms_contribution_is_shared_by_its_occurrences_and_their_tokens()
    {
        var explanation = new TalkScorer(["go away"], [1], [2], -1).Explain("go away! Go away");

        // The only term has value 1 after normalisation: 2 logits, two occurrences, two tokens in each.
        Assert.Equal([0.5, 0.5, 0.5, 0.5], explanation.Spans.Select(span => span.Contribution));
        Assert.Equal([new TermContribution("intercept", -1)], explanation.Terms);
        Assert.Equal(1 / (1 + Math.Exp(-1)), explanation.Probability, 12);
    }

    [Fact]
    public void Words_outside_the_vocabulary_have_no_span_and_leave_the_intercept()
    {
        var explanation = Weighing("idiot").Explain("an interesting result");

        Assert.Empty(explanation.Spans);
        Assert.Equal(0.5, explanation.Probability);
    }

    [Fact]
    public void Of_any_text_the_spans_are_ordered_apart_and_in_range_and_sum_to_the_logit() =>
        Texts.Sample(
            static text =>
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
                Assert.Equal(logit, explanation.Terms.Sum(term => term.Contribution) + explanation.Spans.Sum(span => span.Contribution), tolerance: 1e-9);
                Assert.Equal(probability, explanation.Probability, tolerance: 1e-12);
            },
            iter: 2000);

    [Fact]
    public void Utf_8_and_utf_16_get_the_same_answer() =>
        Texts.Sample(static text => Assert.Equal(_noise.Score(text), _noise.Score(Encoding.UTF8.GetBytes(text))), iter: 2000);

    [Fact]
    public void A_lone_surrogate_reads_as_the_replacement_character()
    {
        var scorer = Weighing("\uFFFD", "\uFFFD\uFFFD", "😀");

        // The last one becomes a pair when its backslash goes, had it not been read before.
        AssertSame("\uFFFD", "\uD83D");
        AssertSame("\uFFFD\uFFFD \uFFFD", "\uDE00\uD83D \uDE00");
        AssertSame("\uFFFD\uFFFD", "\uD83D\\\uDE00");

        void AssertSame(string expected, string text)
        {
            Assert.NotEqual(0.5, scorer.Score(text));
            Assert.Equal(scorer.Score(expected), scorer.Score(text));
            Assert.Equal(scorer.Score(expected), scorer.Explain(text).Probability, 12);
        }
    }

    [Fact]
    public void Bytes_that_are_no_utf_8_read_as_the_replacement_character()
    {
        var scorer = Weighing("\uFFFD", "you");

        Assert.Equal(scorer.Score("you \uFFFD"), scorer.Score([(byte)'y', (byte)'o', (byte)'u', (byte)' ', 0xFF]));
    }

    [Fact]
    public void Texts_scored_side_by_side_and_by_other_models_between_score_as_they_do_alone()
    {
        var other = Weighing("word1", "other1");
        var texts = Enumerable.Range(0, 300).Select(i => string.Concat(Enumerable.Repeat($"idiots{i % 3} you don't go away !! ", 1 + (i % 50)))).ToArray();
        var alone = Array.ConvertAll(texts, static text => _noise.Score(text));

        var beside = texts.AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(text =>
        {
            other.Score(text);
            return _noise.Score(text);
        }).ToArray();

        Assert.Equal(alone, beside);
    }

    [Fact]
    public void A_model_comes_back_from_its_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("talk.bin");

        ModelFile.Write(path, new TrainedModel(_noise, TestModels.Card));
        var read = Assert.IsType<TalkScorer>(ModelFile.Read(path).Scorer);

        Assert.Equal(_noise.Terms, read.Terms);
        Assert.Equal(TestModels.Parameters(_noise), TestModels.Parameters(read));
        Assert.Equal(_noise.Score("you idiots, don't go away 👍"), read.Score("you idiots, don't go away 👍"));
    }

    [Fact]
    public void Parameters_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new TalkScorer(["a"], [1, 1], [1], 0));
        Assert.Throws<ArgumentException>(() => new TalkScorer(["a"], [1], [], 0));
        Assert.Throws<ArgumentException>(() => new TalkScorer(["a", "a"], [1, 1], [1, 1], 0));
        Assert.Throws<ArgumentException>(() => new TalkScorer(["a b c d"], [1], [1], 0));
        Assert.Throws<ArgumentException>(() => new TalkScorer(["a  b"], [1], [1], 0));
        var bytes = TestModels.Parameters(_noise);
        foreach (var length in Enumerable.Range(0, bytes.Length).Where(i => i % 7 == 0))
        {
            Assert.ThrowsAny<Exception>(() => TalkScorer.ReadParameters(new BinaryReader(new MemoryStream(bytes, 0, length))));
        }
    }

    private static Gen<string> Texts => Gen.OneOf(
        HostileText.Gen,
        Gen.Select(HostileText.Gen, Gen.Int[0, _known.Length - 1], HostileText.Gen, static (a, b, c) => a + _known[b] + c + _known[b]));

    private static TalkScorer Noise()
    {
        string[] terms =
        [
            "a", "word", "word word", "you", "idiot", "you idiot", "do", "not", "do not", "do not go", "go away", "away", "URL", "0", "?", "!!!",
            "😀", "👍🏽", "\uFFFD", "\uFFFD\uFFFD", "&", "日本語", "שלום", "URL a", "a a", "a 0 a", "'", "''", "_",
        ];
        var dice = new Random(3);
        return new TalkScorer(terms, Array.ConvertAll(terms, _ => 1 + dice.NextSingle()), Array.ConvertAll(terms, _ => (dice.NextSingle() * 6) - 3), 0.25f);
    }

    private static TalkScorer Weighing(params string[] terms) =>
        new(terms, Array.ConvertAll(terms, static _ => 1f), Array.ConvertAll(terms, static _ => 1f), 0);
}
