using CsCheck;

using Moderation.Pipeline.Text;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Text;

public sealed class CommentCleanerTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("a &amp; b", "a & b")]
    [InlineData("&lt;b&gt; &quot;x&quot; it&#39;s", "<b> \"x\" it's")]
    [InlineData("&#x1F600;", "😀")]
    [InlineData("&#128512;!", "😀!")]
    [InlineData("fish & chips; more", "fish & chips; more")]
    [InlineData("&nosuchthing;", "&nosuchthing;")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData("a&#13;&#10;b", "a  b")]
    [InlineData("&a&lt;", "&a<")]
    public void Entities_are_unescaped_once(string original, string expected) =>
        Assert.Equal(expected, CommentCleaner.Clean(original));

    [Theory]
    [InlineData("one\r\ntwo")]
    [InlineData("one\ntwo")]
    [InlineData("one\rtwo")]
    public void Line_ends_become_space(string original) =>
        Assert.Equal(["one", "two"], CommentCleaner.Clean(original).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("ha<U+1F602>ha", "ha U+1F602 ha")]
    [InlineData("<U+0041>", " U+0041 ")]
    [InlineData("<U+10FFFF>", " U+10FFFF ")]
    [InlineData("<U+041>", "<U+041>")]
    [InlineData("<U+XXXX>", "<U+XXXX>")]
    [InlineData("<U+1F602", "<U+1F602")]
    [InlineData("<u+1F602>", "<u+1F602>")]
    [InlineData("<U+1234567>", "<U+1234567>")]
    public void Code_point_marks_stand_apart(string original, string expected) =>
        Assert.Equal(expected, CommentCleaner.Clean(original));

    [Theory]
    [InlineData(@"\*not bold\*", "*not bold*")]
    [InlineData(@"C:\\dir\", "C:dir")]
    [InlineData(@"\\\", "")]
    public void Backslashes_go(string original, string expected) => Assert.Equal(expected, CommentCleaner.Clean(original));

    [Theory]
    [InlineData("see [the paper](https://example.org/a) now", " see  the paper https://example.org/a  now")]
    [InlineData("[a](b)[c](d)", " a b  c d ")]
    [InlineData("[not a link] (b)", "[not a link] (b)")]
    [InlineData("[](b)", "[](b)")]
    [InlineData("[a]()", "[a]()")]
    [InlineData("[a](b c)", "[a](b c)")]
    [InlineData("[a](b", "[a](b")]
    [InlineData("[a", "[a")]
    [InlineData("[[a](b)", "[ a b ")]
    [InlineData("[x &amp; y](b)", " x & y b ")]
    public void A_links_text_stays_and_its_address_follows(string original, string expected) =>
        Assert.Equal(expected.Trim(), CommentCleaner.Clean(original).Trim());

    [Fact]
    public void An_entity_that_holds_another_ampersand_does_not_swallow_what_stands_before_it()
    {
        var clean = CommentCleaner.CleanWithOrigins("&a&lt;");

        Assert.Equal("&a<", clean.Text);
        Assert.Equal([new Origin(0, 1), new Origin(1, 1), new Origin(2, 4)], clean.Origins);
    }

    [Fact]
    public void Both_ways_of_cleaning_agree_on_any_text() =>
        HostileText.Gen.Sample(
            static original => Assert.Equal(CommentCleaner.Clean(original), CommentCleaner.CleanWithOrigins(original).Text),
            iter: 3000);

    [Fact]
    public void Origins_are_in_range_and_ascending_for_any_text() =>
        HostileText.Gen.Sample(
            static original =>
            {
                var clean = CommentCleaner.CleanWithOrigins(original);
                Assert.Equal(clean.Text.Length, clean.Origins.Count);
                var previous = new Origin(0, 0);
                foreach (var origin in clean.Origins)
                {
                    Assert.True(origin.Length > 0 && origin.Start >= 0 && origin.End <= original.Length, $"{origin} of {original.Length}");
                    Assert.True(origin == previous || origin.Start >= previous.End, $"{origin} behind {previous}");
                    previous = origin;
                }
            },
            iter: 3000);

    [Fact]
    public void Clean_text_has_no_line_end_and_no_backslash() =>
        HostileText.Gen.Sample(
            static original =>
            {
                var clean = CommentCleaner.Clean(original);
                Assert.DoesNotContain('\r', clean);
                Assert.DoesNotContain('\n', clean);
                Assert.DoesNotContain('\\', clean);
            },
            iter: 1000);

    [Theory]
    [InlineData("[")]
    [InlineData("&")]
    [InlineData("&a")]
    [InlineData("<U+")]
    [InlineData("<")]
    [InlineData("\\")]
    [InlineData("[a](")]
    [InlineData("[a](b)")]
    [InlineData("](")]
    public void A_megabyte_of_half_written_mark_up_is_cleaned(string piece)
    {
        var original = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        Assert.True(CommentCleaner.Clean(original).Length <= original.Length);
        Assert.True(CommentCleaner.CleanWithOrigins(original).Origins.Count <= original.Length);
    }

    [Fact]
    public void A_megabyte_of_half_characters_is_left_as_it_is()
    {
        var original = new string('\uD83D', 1_000_000);

        Assert.Same(original, CommentCleaner.Clean(original));
    }
}
