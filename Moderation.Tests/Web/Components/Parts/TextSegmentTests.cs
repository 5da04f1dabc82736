using CsCheck;

using Moderation.Pipeline.Models;
using Moderation.Tests.Support;
using Moderation.Web.Components.Parts;

namespace Moderation.Tests.Web.Components.Parts;

public sealed class TextSegmentTests
{
    // Weights of all kinds, so that every mark occurs.
    private static readonly Scorer _scorer = TestModels.Noise();

    private static readonly string[] _pieces =
        ["you ", "idiot", "😀", "\uD83D", "\uDE00", "e\u0301", "\u200D", "http://a.example", "!!!", "\n", "<b>", "İ"];

    private static readonly Gen<string> _texts = Gen.Select(
        Gen.String, Gen.Int[0, _pieces.Length - 1].Array[0, 200], static (any, pieces) => string.Concat(pieces.Select(piece => _pieces[piece])) + any);

    [Fact]
    public void Segments_together_are_the_text_whatever_it_is() => _texts.Sample(text =>
        Assert.Equal(text, string.Concat(TextSegment.Of(text, _scorer, int.MaxValue).Select(segment => segment.Text))));

    [Fact]
    public void A_shortened_text_is_a_beginning_that_cuts_no_character_in_two() => Gen.Select(_texts, Gen.Int[1, 300]).Sample((text, longest) =>
    {
        var shown = string.Concat(TextSegment.Of(text, _scorer, longest).Select(segment => segment.Text));

        Assert.StartsWith(shown, text, StringComparison.Ordinal);
        Assert.InRange(shown.Length, Math.Min(text.Length, longest) - 1, longest);
        Assert.False(shown.Length < text.Length && char.IsHighSurrogate(shown.LastOrDefault()) && char.IsLowSurrogate(text[shown.Length]));
    });

    [Fact]
    public void What_pushed_the_score_up_is_marked_and_nothing_is_without_a_model()
    {
        const string Text = "you idiot, you moron and clown";

        Assert.Contains(TextSegment.Of(Text, _scorer, 1_000), segment => segment.Push != Push.None);
        Assert.Equal([new TextSegment(Text, Push.None)], TextSegment.Of(Text, scorer: null, 1_000));
    }
}
