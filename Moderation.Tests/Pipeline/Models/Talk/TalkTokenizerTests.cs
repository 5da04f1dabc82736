using CsCheck;

using Moderation.Pipeline.Models.Talk;
using Moderation.Pipeline.Text;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Models.Talk;

public sealed class TalkTokenizerTests
{
    [Theory]
    [InlineData("The Cats were RUNNING", "the cat be run")]
    [InlineData("see https://a.b/c?d and WWW.x.y.", "see URL and URL")]
    [InlineData("url", "url")]
    [InlineData("well , ( yes ) - “no” ?", "well yes no")]
    [InlineData("no!!! wait...", "no !!! wait ...")]
    [InlineData("fine 👍", "fine 👍")]
    [InlineData("don't you can’t won't she's they've", "do not you can not will not she 's they have")]
    [InlineData("I'M we'll", "i be we will")]
    [InlineData("[the papers](http://x.y/z) say", "the paper URL say")]
    [InlineData("so <U+1F600> \\*bold\\* &amp; &lt;x&gt;", "so u+1f600 bold x")]
    [InlineData("", "")]
    public void Text_becomes_the_talks_tokens(string text, string tokens) => Assert.Equal(tokens, Forms(CommentCleaner.Clean(text)));

    [Fact]
    public void Of_any_text_the_tokens_are_in_order_apart_and_never_empty() =>
        HostileText.Gen.Sample(
            static text =>
            {
                var tokenizer = new TalkTokenizer();
                tokenizer.Fill("a text before");
                tokenizer.Fill(text);
                var end = 0;
                foreach (var token in tokenizer.Tokens)
                {
                    Assert.True(token.Length > 0 && token.Start >= end && token.End <= text.Length && token.FormLength > 0);
                    Assert.DoesNotContain(tokenizer.FormOf(token).ToArray(), char.IsWhiteSpace);
                    end = token.End;
                }
            },
            iter: 2000);

    private static string Forms(string text)
    {
        var tokenizer = new TalkTokenizer();
        tokenizer.Fill(text);
        var forms = new List<string>();
        foreach (var token in tokenizer.Tokens)
        {
            forms.Add(tokenizer.FormOf(token).ToString());
        }

        return string.Join(' ', forms);
    }
}
