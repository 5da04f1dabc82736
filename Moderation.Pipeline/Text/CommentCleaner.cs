using System.Buffers;

namespace Moderation.Pipeline.Text;

/// <summary>
/// Undoes what transport did to a comment, and nothing more: entities are unescaped, <c>&lt;U+1F600&gt;</c> marks become
/// tokens, line ends become spaces, backslashes go, and of a markdown link the text stays and the address follows.
/// </summary>
/// <remarks>Never throws, never looks at a character more than a constant number of times.</remarks>
public static class CommentCleaner
{
    /// <summary>Longest link text and address that are recognised; a bound keeps a wall of "[" linear.</summary>
    private const int LongestLinkPart = 2048;

    private static readonly SearchValues<char> _marks = SearchValues.Create("&<\\[");
    private static readonly SearchValues<char> _marksAndLineEnds = SearchValues.Create("&<\\[\r\n");
    private static readonly SearchValues<char> _allInsideLinks = SearchValues.Create("&<\\[])\r\n");

    /// <summary>Whether cleaning would change more of a text than its line ends.</summary>
    public static bool NeedsCleaning(ReadOnlySpan<char> original) => original.ContainsAny(_marks);

    /// <summary>The cleaned text.</summary>
    public static string Clean(string original)
    {
        ArgumentNullException.ThrowIfNull(original);
        if (!NeedsCleaning(original) && original.AsSpan().IndexOfAny('\r', '\n') < 0)
        {
            return original;
        }

        var cleaned = new char[original.Length];
        return new string(cleaned, 0, Walk(original, cleaned, origins: null, keepLineEnds: false));
    }

    /// <summary>Writes the cleaned text but for its line ends, which stay. It is never longer than the original; nothing is allocated.</summary>
    /// <param name="destination">At least as long as <paramref name="original"/>.</param>
    /// <returns>Characters written.</returns>
    public static int Clean(ReadOnlySpan<char> original, Span<char> destination) => Walk(original, destination, origins: null, keepLineEnds: true);

    /// <summary>Cleans and keeps, for each character, where it stood in the original.</summary>
    public static CleanText CleanWithOrigins(string original)
    {
        ArgumentNullException.ThrowIfNull(original);
        var origins = new List<Origin>(original.Length);
        var cleaned = new char[original.Length];
        return new CleanText(new string(cleaned, 0, Walk(original, cleaned, origins, keepLineEnds: false)), origins);
    }

    private static int Walk(ReadOnlySpan<char> original, Span<char> destination, List<Origin>? origins, bool keepLineEnds)
    {
        var outsideLinks = keepLineEnds ? _marks : _marksAndLineEnds;
        var output = new Output(destination, origins);
        var linkSearchFrom = 0;
        for (var i = 0; i < original.Length;)
        {
            switch (original[i])
            {
                case '\r' or '\n' when !keepLineEnds:
                    output.Add(' ', i);
                    i++;
                    break;
                case '\\':
                    i++;
                    break;
                case '&' when HtmlEntity.TryRead(original[i..], out var first, out var second, out var length):
                    output.Add(first is '\r' or '\n' ? ' ' : first, i, length);
                    if (second != '\0')
                    {
                        output.Add(second, i, length);
                    }

                    i += length;
                    break;
                case '<' when TryReadCodePointMark(original, i, out var mark):
                    output.Add(' ', i);
                    for (var k = 1; k < mark - 1; k++)
                    {
                        output.Add(original[i + k], i + k);
                    }

                    output.Add(' ', i + mark - 1);
                    i += mark;
                    break;
                case '[' when i >= linkSearchFrom:
                    if (TryReadLink(original, i, out var textEnd, out var addressEnd, out var searchedTo))
                    {
                        // The brackets become spaces; what stands between them is read like any other text.
                        output.Add(' ', i);
                        output.LinkText(textEnd, addressEnd);
                        i++;
                    }
                    else
                    {
                        linkSearchFrom = searchedTo;
                        output.Add('[', i);
                        i++;
                    }

                    break;
                case ']' when output.IsLinkTextEnd(i):
                    output.Add(' ', i);
                    i += 2;
                    break;
                case ')' when output.IsAddressEnd(i):
                    output.Add(' ', i);
                    i++;
                    break;
                default:
                    // One character that means nothing here, and all up to the next that may mean something.
                    var next = original[(i + 1)..].IndexOfAny(output.IsInLink(i) ? _allInsideLinks : outsideLinks);
                    var end = next < 0 ? original.Length : i + 1 + next;
                    output.Copy(original, i, end);
                    i = end;
                    break;
            }
        }

        return output.Length;
    }

    private static bool TryReadCodePointMark(ReadOnlySpan<char> text, int start, out int length)
    {
        // <U+0041> to <U+10FFFF>: how the r/science export wrote characters outside its code page.
        length = 0;
        var window = text.Slice(start, Math.Min("<U+10FFFF>".Length, text.Length - start));
        if (!window.StartsWith("<U+", StringComparison.Ordinal))
        {
            return false;
        }

        var end = window.IndexOf('>');
        if (end < "<U+0041".Length)
        {
            return false;
        }

        foreach (var c in window[3..end])
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        length = end + 1;
        return true;
    }

    private static bool TryReadLink(ReadOnlySpan<char> text, int start, out int textEnd, out int addressEnd, out int searchedTo)
    {
        addressEnd = -1;
        var window = text.Slice(start, Math.Min(LongestLinkPart, text.Length - start));
        var close = window[1..].IndexOfAny('[', ']') + 1;
        textEnd = start + close;
        searchedTo = close > 0 ? textEnd : start + window.Length;
        if (close <= 1 || text[textEnd] != ']' || textEnd + 1 >= text.Length || text[textEnd + 1] != '(')
        {
            return false;
        }

        var address = text.Slice(textEnd + 2, Math.Min(LongestLinkPart, text.Length - textEnd - 2));
        var end = address.IndexOfAny(") \r\n");
        if (end <= 0 || address[end] != ')')
        {
            return false;
        }

        addressEnd = textEnd + 2 + end;
        return true;
    }

    private ref struct Output(Span<char> text, List<Origin>? origins)
    {
        private readonly Span<char> _text = text;
        private int _linkTextEnd = -1;
        private int _addressEnd = -1;

        public int Length { get; private set; }

        public void Add(char c, int start, int length = 1)
        {
            _text[Length++] = c;
            origins?.Add(new Origin(start, length));
        }

        public void Copy(ReadOnlySpan<char> original, int start, int end)
        {
            original[start..end].CopyTo(_text[Length..]);
            Length += end - start;
            for (var i = start; origins is not null && i < end; i++)
            {
                origins.Add(new Origin(i, 1));
            }
        }

        public void LinkText(int textEnd, int addressEnd) => (_linkTextEnd, _addressEnd) = (textEnd, addressEnd);

        public readonly bool IsInLink(int index) => index <= _addressEnd;

        public readonly bool IsLinkTextEnd(int index) => index == _linkTextEnd;

        public readonly bool IsAddressEnd(int index) => index == _addressEnd;
    }
}
