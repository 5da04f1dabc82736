using CsCheck;

using Moderation.Pipeline.Text;

namespace Moderation.Tests.Pipeline.Text;

public sealed class TermMaskTests
{
    [Theory]
    [InlineData("fuck", "f**k")]
    [InlineData("What the FUCK's this?", "What the F**K's this?")]
    [InlineData("ass", "a*s")]
    [InlineData("a_fucking_mess", "a_f*****g_mess")]
    [InlineData("Scunthorpe class", "Scunthorpe class")]
    [InlineData("", "")]
    public void Only_whole_words_lose_their_inside(string text, string masked) => Assert.Equal(masked, TermMask.Mask(text));

    [Fact]
    public void The_words_are_fit_to_be_found()
    {
        Assert.InRange(TermMask.Words.Count, 100, 500);
        Assert.All(TermMask.Words, word => Assert.Matches("^[a-z]{3,}$", word));
    }

    [Fact]
    public void Any_text_keeps_its_length_and_is_masked_once_for_all() =>
        Gen.String.Sample(text =>
        {
            var masked = TermMask.Mask(text + " fuck");
            Assert.Equal(text.Length + 5, masked.Length);
            Assert.Equal(masked, TermMask.Mask(masked));
        });
}
