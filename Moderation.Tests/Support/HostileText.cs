using CsCheck;

namespace Moderation.Tests.Support;

/// <summary>Random texts made of what breaks text handling: broken surrogates, marks, joiners, half-written mark-up.</summary>
internal static class HostileText
{
    private static readonly string[] _pieces =
    [
        "a", "0", "Word", "_", " ", "  ", "\t", "\0", "\u0085", "\u00A0", "\r\n", "\n", "\r", ".", "!!!", "?", "don't", "’", "'", "\"",
        "\uD83D", "\uDE00", "😀", "👩\u200D👩\u200D👧", "👍🏽", "e\u0301", "\u0301", "\u200B", "\u200D", "\uFE0F", "\uFEFF",
        "שלום", "\u202E", "\uE000", "\uFFFF", "日本語", "ﬁ", "İ", "½",
        "&amp;", "&", "&lt", ";", "&a&lt;", "&#x1F600;", "&#0;", "&#13;&#10;", "&#xD800;", "&nbsp;",
        "<U+1F600>", "<U+0041>", "<U+", "<U+XYZ>", "<", ">", "\\", "\\\\",
        "[", "]", "](", "(", ")", "[a](http://x.y/z)", "[&lt;](b)", "[a]([b](c)", "http://", "https://x.y", "www.", "WWW.x.y,",
    ];

    /// <summary>Up to forty pieces, or plain random characters.</summary>
    public static Gen<string> Gen { get; } = CsCheck.Gen.OneOf(
        CsCheck.Gen.Int[0, _pieces.Length - 1].Select(static i => _pieces[i]).Array[0, 40].Select(static pieces => string.Concat(pieces)),
        CsCheck.Gen.Char.Array[0, 60].Select(static chars => new string(chars)));
}
