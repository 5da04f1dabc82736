using System.Globalization;
using System.Text;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>What the walk makes of characters outside ASCII.</summary>
internal static class CodePoints
{
    public const int TypographicApostrophe = 0x2019;

    private const int FullWidthFirst = 0xFF01;
    private const int FullWidthLast = 0xFF5E;
    private const int FullWidthShift = 0xFEE0;

    /// <summary>Tells letters from symbols, gaps, and what is passed over as if it were not there.</summary>
    public static CodePointKind KindOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            or UnicodeCategory.SpacingCombiningMark => CodePointKind.Letter,

        // Accents piled on letters and invisible characters are how words are hidden from filters. The marks that
        // other scripts spell with are letters.
        UnicodeCategory.NonSpacingMark => IsDecoration(rune.Value) ? CodePointKind.Transparent : CodePointKind.Letter,
        UnicodeCategory.EnclosingMark or UnicodeCategory.Format => CodePointKind.Transparent,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Control => CodePointKind.Gap,
        _ => rune.Value == TypographicApostrophe ? CodePointKind.Apostrophe : CodePointKind.Symbol,
    };

    /// <summary>
    /// A letter as one byte: ASCII as it is, in lower case; others as 0x80 and seven bits of the code point, chosen so
    /// that the letters of one alphabet differ.
    /// </summary>
    public static byte Fold(Rune rune)
    {
        var value = rune.Value;
        if (value is >= FullWidthFirst and <= FullWidthLast)
        {
            value -= FullWidthShift;
        }

        value = Rune.ToLowerInvariant(new Rune(value)).Value;
        return value < 0x80 ? (byte)value : (byte)(0x80 | ((value ^ (value >> 7)) & 0x7F));
    }

    private static bool IsDecoration(int value) =>
        value is (>= 0x0300 and <= 0x036F) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF)
            or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFE20 and <= 0xFE2F) or (>= 0xE0100 and <= 0xE01EF);
}
