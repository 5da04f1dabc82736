using System.Globalization;

using CsCheck;

using Moderation.Pipeline.Text;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Text;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" \t\u00A0\u200B", "")]
    [InlineData("Don't do that", "Word:Don't Word:do Word:that")]
    [InlineData("don’t", "Word:don’t")]
    [InlineData("dogs' 'quoted'", "Word:dogs Symbol:' Symbol:' Word:quoted Symbol:'")]
    [InlineData("wow!!!", "Word:wow Symbol:!!!")]
    [InlineData("?!?", "Symbol:? Symbol:! Symbol:?")]
    [InlineData("snake_case 42nd", "Word:snake_case Word:42nd")]
    [InlineData("e\u0301t\u00E9", "Word:e\u0301t\u00E9")]
    [InlineData("שלום", "Word:שלום")]
    [InlineData("zero\u200Bwidth", "Word:zero Word:width")]
    [InlineData("so U+1F602 ok", "Word:so Word:U+1F602 Word:ok")]
    [InlineData("U+12 EU+1234", "Word:U Symbol:+ Word:12 Word:EU Symbol:+ Word:1234")]
    public void Text_is_cut_into_words_and_symbols(string text, string expected) => Assert.Equal(expected, Listed(text));

    [Theory]
    [InlineData("see https://example.org/a?b=c&d, ok", "Word:see Url:https://example.org/a?b=c&d Symbol:, Word:ok")]
    [InlineData("WWW.example.org.", "Url:WWW.example.org Symbol:.")]
    [InlineData("(http://x.y)", "Symbol:( Url:http://x.y Symbol:)")]
    [InlineData("http://x.y!!!", "Url:http://x.y Symbol:!!!")]
    [InlineData("<http://x.y>", "Symbol:< Url:http://x.y Symbol:>")]
    [InlineData("http:// x", "Word:http Symbol:: Symbol:// Word:x")]
    [InlineData("http://", "Word:http Symbol:: Symbol://")]
    [InlineData("http://...", "Url:http:// Symbol:...")]
    [InlineData("www", "Word:www")]
    public void An_address_is_one_token_without_the_punctuation_behind_it(string text, string expected) =>
        Assert.Equal(expected, Listed(text));

    [Theory]
    [InlineData("😀😀😀", "Symbol:😀😀😀")]
    [InlineData("😀👍", "Symbol:😀 Symbol:👍")]
    [InlineData("❤\uFE0F", "Symbol:❤\uFE0F")]
    [InlineData("a\u200Db", "Word:a\u200Db")]
    [InlineData("👩\u200D👩", "Symbol:👩\u200D👩")]
    [InlineData("👩\u200D👧!", "Symbol:👩\u200D👧 Symbol:!")]
    [InlineData("👩\u200D a", "Symbol:👩\u200D Word:a")]
    public void Joiners_and_selectors_belong_to_what_stands_before_them(string text, string expected) => Assert.Equal(expected, Listed(text));

    [Fact]
    public void Of_any_text_tokens_are_ordered_apart_and_in_bounds_and_only_blanks_lie_between() =>
        HostileText.Gen.Sample(
            static text =>
            {
                var end = 0;
                foreach (var token in TokensOf(text))
                {
                    Assert.True(token.Length > 0 && token.Start >= end && token.End <= text.Length, $"{token} in {text.Length}");
                    AssertBlank(text[end..token.Start]);
                    end = token.End;
                }

                AssertBlank(text[end..]);
            },
            iter: 3000);

    [Fact]
    public void Of_any_text_no_token_begins_or_ends_inside_a_character() =>
        HostileText.Gen.Sample(
            static text => Assert.All(TokensOf(text), token =>
            {
                Assert.False(token.Start > 0 && char.IsSurrogatePair(text[token.Start - 1], text[token.Start]), $"{token} begins inside one");
                Assert.False(token.End < text.Length && char.IsSurrogatePair(text[token.End - 1], text[token.End]), $"{token} ends inside one");
            }),
            iter: 3000);

    [Fact]
    public void Half_a_character_does_not_take_half_of_the_next() =>
        Assert.Equal(
            [new Token(0, 1, TokenKind.Symbol), new Token(1, 2, TokenKind.Symbol)],
            TokensOf("\uD83D\uD83D\uDE00"));

    [Fact]
    public void Tokenising_a_token_again_gives_it_back() =>
        HostileText.Gen.Sample(
            static text =>
            {
                foreach (var token in TokensOf(text).Where(token => token.Kind == TokenKind.Word))
                {
                    Assert.Equal(
                        [new Token(0, token.Length, TokenKind.Word)],
                        TokensOf(text.Substring(token.Start, token.Length)));
                }
            },
            iter: 1000);

    [Theory]
    [InlineData("http://")]
    [InlineData("www.!")]
    [InlineData("http://! ")]
    [InlineData("!")]
    [InlineData("?!")]
    [InlineData("'")]
    [InlineData("a'")]
    [InlineData("\u0301")]
    [InlineData("\u200D")]
    [InlineData("😀")]
    [InlineData("h")]
    public void A_megabyte_of_one_thing_is_cut(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        Assert.True(TokensOf(text).Count <= text.Length);
    }

    [Fact]
    public void A_megabyte_of_half_characters_is_cut() => Assert.Single(TokensOf(new string('\uD83D', 1_000_000)));

    private static List<Token> TokensOf(string text)
    {
        var tokens = new List<Token>();
        Tokenizer.Tokenize(text, tokens);
        return tokens;
    }

    private static string Listed(string text) =>
        string.Join(' ', TokensOf(text).Select(token => $"{token.Kind}:{text.Substring(token.Start, token.Length)}"));

    private static void AssertBlank(string gap) =>
        Assert.All(gap, c => Assert.True(
            char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format, $"U+{(int)c:X4} lies in a gap"));
}
