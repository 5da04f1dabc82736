using CsCheck;

using Moderation.Pipeline.Models.Talk;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Models.Talk;

public sealed class EnglishLemmasTests
{
    private static readonly string[] _endings = ["ed", "ing", "s", "es", "ies", "ied"];

    [Theory]
    [InlineData("comments", "comment")]
    [InlineData("studies", "study")]
    [InlineData("boxes", "box")]
    [InlineData("dies", "die")]
    [InlineData("lives", "life")]
    [InlineData("running", "run")]
    [InlineData("making", "make")]
    [InlineData("telling", "tell")]
    [InlineData("deleted", "delete")]
    [InlineData("happened", "happen")]
    [InlineData("associated", "associate")]
    [InlineData("studied", "study")]
    [InlineData("handled", "handle")]
    [InlineData("looked", "look")]
    [InlineData("decided", "decide")]
    [InlineData("visited", "visit")]
    public void Inflection_comes_off(string word, string lemma) => Assert.Equal(lemma, Lemma(word));

    [Theory]
    [InlineData("was", "be")]
    [InlineData("children", "child")]
    [InlineData("thought", "think")]
    [InlineData("'ll", "will")]
    [InlineData("better", "good")]
    public void Irregular_words_are_known(string word, string lemma) => Assert.Equal(lemma, Lemma(word));

    [Theory]
    [InlineData("government")]
    [InlineData("thing")]
    [InlineData("during")]
    [InlineData("this")]
    [InlineData("virus")]
    [InlineData("analysis")]
    [InlineData("physics")]
    [InlineData("need")]
    [InlineData("hundred")]
    [InlineData("always")]
    [InlineData("naïves")]
    [InlineData("covid19s")]
    [InlineData("s")]
    [InlineData("ed")]
    [InlineData("ing")]
    public void Words_that_only_look_inflected_stay(string word) => Assert.Equal(word, Lemma(word));

    [Fact]
    public void No_word_grows_past_the_slack_or_vanishes()
    {
        Gen.OneOf(HostileText.Gen, Gen.Char['a', 'z'].Array[0, 12].Select(static letters => new string(letters)), Inflected).Sample(
            static word =>
            {
                var length = Lemma(word).Length;
                Assert.True(length <= word.Length + EnglishLemmas.Slack && (length > 0 || word.Length == 0));
            },
            iter: 3000);
    }

    private static Gen<string> Inflected =>
        Gen.Select(Gen.Char["aeiouylstzdgfqw"].Array[0, 6], Gen.Int[0, _endings.Length - 1], static (stem, ending) => new string(stem) + _endings[ending]);

    private static string Lemma(string word)
    {
        var buffer = new char[word.Length + EnglishLemmas.Slack];
        word.CopyTo(buffer);
        return new string(buffer, 0, EnglishLemmas.Lemmatise(buffer, word.Length));
    }
}
