using Moderation.Pipeline.Sources.Sample;

namespace Moderation.Tests.Pipeline.Sources.Sample;

public sealed class VariedTextTests
{
    [Fact]
    public void Every_combination_of_alternatives_comes_once()
    {
        var text = VariedText.Parse("{I|We} {like|love|} it");

        Assert.Equal(6, text.Count);
        Assert.Equal("I like it", text.Main);
        Assert.Equal(
            ["I  it", "I like it", "I love it", "We  it", "We like it", "We love it"],
            Enumerable.Range(0, 6).Select(text.Variation).Order(StringComparer.Ordinal));
        Assert.Equal(text.Variation(1), text.Variation(7));
    }

    [Fact]
    public void A_text_without_alternatives_is_itself() => Assert.Equal("plain", VariedText.Parse("plain").Variation(3));

    [Fact]
    public void Wordings_share_as_few_alternatives_as_can_be()
    {
        var text = VariedText.Parse("{I|We} {like|love|need} it");

        Assert.Equal(["I like it", "We love it", "I need it"], text.Wordings(9));
        Assert.Equal(["I like it", "We love it"], text.Wordings(2));
        Assert.Equal(["plain"], VariedText.Parse("plain").Wordings(2));
    }

    [Theory]
    [InlineData("{one}")]
    [InlineData("{one|two")]
    [InlineData("} {a|b}")]
    [InlineData("{a|{b|c}}")]
    public void Broken_braces_are_refused(string source) => Assert.Throws<FormatException>(() => VariedText.Parse(source));
}
