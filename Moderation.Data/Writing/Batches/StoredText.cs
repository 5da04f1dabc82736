namespace Moderation.Data.Writing.Batches;

/// <summary>Text as SQLite can keep it.</summary>
internal static class StoredText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// Halves of surrogate pairs have no UTF-8 form, and a NUL ends a text for many of SQLite's functions: both become
    /// U+FFFD, so that what is read back equals what was written and a repeat is recognised as one.
    /// </summary>
    public static string From(string text)
    {
        var chars = text.AsSpan();
        return chars.Contains('\0') || chars.ContainsAnyInRange('\uD800', '\uDFFF') ? Mend(text) : text;
    }

    private static string Mend(string text) => string.Create(text.Length, text, static (chars, source) =>
    {
        for (var k = 0; k < source.Length; k++)
        {
            var c = source[k];
            var paired = (char.IsHighSurrogate(c) && k + 1 < source.Length && char.IsLowSurrogate(source[k + 1]))
                || (char.IsLowSurrogate(c) && k > 0 && char.IsHighSurrogate(source[k - 1]));
            chars[k] = c == '\0' || (char.IsSurrogate(c) && !paired) ? Replacement : c;
        }
    });
}
