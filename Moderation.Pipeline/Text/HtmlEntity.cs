using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;

namespace Moderation.Pipeline.Text;

/// <summary>Reads one HTML entity without allocating.</summary>
internal static class HtmlEntity
{
    /// <summary>Longest entity that is recognised, "&amp;" and ";" included.</summary>
    private const int Longest = 12;

    // The names of HTML 4; what they stand for comes from the framework's own decoder.
    private const string Names =
        "quot amp apos lt gt nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 "
        + "acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig "
        + "Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave "
        + "Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave "
        + "iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml "
        + "OElig oelig Scaron scaron Yuml fnof circ tilde Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi "
        + "Omicron Pi Rho Sigma Tau Upsilon Phi Chi Psi Omega alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu "
        + "xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega thetasym upsih piv ensp emsp thinsp zwnj zwj lrm rlm ndash "
        + "mdash lsquo rsquo sbquo ldquo rdquo bdquo dagger Dagger bull hellip permil prime Prime lsaquo rsaquo oline frasl euro "
        + "image weierp real trade alefsym larr uarr rarr darr harr crarr lArr uArr rArr dArr hArr forall part exist empty nabla "
        + "isin notin ni prod sum minus lowast radic prop infin ang and or cap cup int there4 sim cong asymp ne equiv le ge sub "
        + "sup nsub sube supe oplus otimes perp sdot lceil rceil lfloor rfloor lang rang loz spades clubs hearts diams";

    private static readonly FrozenDictionary<string, char> _byName = Names.Split(' ')
        .ToFrozenDictionary(name => name, name => WebUtility.HtmlDecode($"&{name};")[0], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, char>.AlternateLookup<ReadOnlySpan<char>> _bySpan =
        _byName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads the entity at the start of <paramref name="text"/>, which begins with "&amp;".</summary>
    /// <param name="first">What it stands for.</param>
    /// <param name="second">The second half of a surrogate pair, else U+0000.</param>
    /// <param name="length">Characters of the entity.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out char first, out char second, out int length)
    {
        (first, second, length) = ('\0', '\0', 0);
        var window = text[..Math.Min(Longest, text.Length)];

        // Up to the next "&": that one begins an entity of its own, and what stands before it is text.
        var end = window[1..].IndexOfAny('&', ';') + 1;
        if (end < 2 || window[end] != ';')
        {
            return false;
        }

        var name = window[1..end];
        length = end + 1;
        return name[0] == '#' ? TryReadNumber(name[1..], ref first, ref second) : _bySpan.TryGetValue(name, out first);
    }

    private static bool TryReadNumber(ReadOnlySpan<char> digits, ref char first, ref char second)
    {
        var isHex = digits.Length > 0 && digits[0] is 'x' or 'X';
        var isNumber = isHex
            ? uint.TryParse(digits[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            : uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        if (!isNumber || value == 0 || !Rune.TryCreate(value, out var rune))
        {
            return false;
        }

        Span<char> units = stackalloc char[2];
        second = rune.EncodeToUtf16(units) == 2 ? units[1] : '\0';
        first = units[0];
        return true;
    }
}
