using System.Globalization;

namespace Moderation.Pipeline.Text;

/// <summary>Cuts cleaned text into words, addresses and symbols.</summary>
/// <remarks>
/// Tokens come in order and never overlap; what lies between them is white space and control characters, so tokens and
/// gaps together are the text. Each character is looked at a constant number of times.
/// </remarks>
public static class Tokenizer
{
    private const char Joiner = '\u200D';

    private static readonly string[] _addressStarts = ["http://", "https://", "www."];

    /// <summary>Adds the tokens of <paramref name="text"/> to <paramref name="tokens"/>.</summary>
    public static void Tokenize(ReadOnlySpan<char> text, List<Token> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (IsAddressStart(text[i..]))
            {
                i = EndOfAddress(text, i);
                tokens.Add(new Token(start, i - start, TokenKind.Url));
            }
            else if (IsCodePointMark(text[i..], out var width) || IsWordCharacter(text, i, out width))
            {
                i = EndOfWord(text, i + width);
                tokens.Add(new Token(start, i - start, TokenKind.Word));
            }
            else if (IsGap(text, i, out width))
            {
                i += width;
            }
            else
            {
                i = EndOfSymbol(text, i);
                tokens.Add(new Token(start, i - start, TokenKind.Symbol));
            }
        }
    }

    private static bool IsAddressStart(ReadOnlySpan<char> text)
    {
        if (text[0] is not ('h' or 'H' or 'w' or 'W'))
        {
            return false;
        }

        foreach (var start in _addressStarts)
        {
            if (text.Length > start.Length && text.StartsWith(start, StringComparison.OrdinalIgnoreCase)
                && !char.IsWhiteSpace(text[start.Length]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>U+1F600: how the cleaner leaves a character that an export could not write.</summary>
    private static bool IsCodePointMark(ReadOnlySpan<char> text, out int length)
    {
        const int FewestDigits = 4;
        const int MostDigits = 6;
        length = "U+".Length;
        if (!text.StartsWith("U+"))
        {
            return false;
        }

        while (length < text.Length && length < "U+".Length + MostDigits && char.IsAsciiHexDigit(text[length]))
        {
            length++;
        }

        return length >= "U+".Length + FewestDigits;
    }

    private static int EndOfAddress(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] is not ('<' or '>' or '"'))
        {
            i++;
        }

        while (text[i - 1] is '.' or ',' or '!' or '?' or ')' or ';' or ':' or '\'')
        {
            i--;
        }

        return i;
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length)
        {
            if (IsWordCharacter(text, i, out var width) || IsMark(text, i, out width))
            {
                i += width;
            }
            else if (text[i] is '\'' or '’' && i + 1 < text.Length && IsWordCharacter(text, i + 1, out width))
            {
                i += 1 + width;
            }
            else
            {
                break;
            }
        }

        return i;
    }

    private static int EndOfSymbol(ReadOnlySpan<char> text, int i)
    {
        var width = WidthAt(text, i);
        var symbol = text.Slice(i, width);
        i += width;
        while (i < text.Length)
        {
            if (WidthAt(text, i) == symbol.Length && text[i..].StartsWith(symbol))
            {
                i += symbol.Length;
            }
            else if (IsMark(text, i, out width))
            {
                // A joiner makes one picture of the symbols on both its sides.
                var joins = text[i] == Joiner && i + 1 < text.Length
                    && !IsGap(text, i + 1, out _) && !IsWordCharacter(text, i + 1, out _);
                i += joins ? width + WidthAt(text, i + 1) : width;
            }
            else
            {
                break;
            }
        }

        return i;
    }

    private static bool IsWordCharacter(ReadOnlySpan<char> text, int i, out int width)
    {
        width = 1;
        var c = text[i];
        if (char.IsAscii(c))
        {
            return char.IsAsciiLetterOrDigit(c) || c == '_';
        }

        if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
        {
            width = 2;
            return IsWordCategory(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(c, text[i + 1])));
        }

        return IsWordCategory(char.GetUnicodeCategory(c));
    }

    private static bool IsWordCategory(UnicodeCategory category) => category
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    /// <summary>Combining marks, joiners and variation selectors belong to whatever stands before them.</summary>
    private static bool IsMark(ReadOnlySpan<char> text, int i, out int width)
    {
        width = WidthAt(text, i);
        var category = width == 2
            ? CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(text[i], text[i + 1]))
            : char.GetUnicodeCategory(text[i]);
        return category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark
            || text[i] == Joiner;
    }

    private static bool IsGap(ReadOnlySpan<char> text, int i, out int width)
    {
        width = WidthAt(text, i);
        var c = text[i];
        return char.IsWhiteSpace(c) || char.IsControl(c)
            || (width == 1 && char.GetUnicodeCategory(c) is UnicodeCategory.Format);
    }

    private static int WidthAt(ReadOnlySpan<char> text, int i) =>
        char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
}
