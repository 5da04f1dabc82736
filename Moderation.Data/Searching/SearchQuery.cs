using System.Globalization;
using System.Text;

using Moderation.Data.Writing.Batches;

namespace Moderation.Data.Searching;

/// <summary>
/// What a person typed, as an expression of FTS5: every word and every quoted phrase is a string of it, all of them must
/// be in the comment, and nothing that the person typed is syntax but the quotes and a star behind a word.
/// </summary>
/// <param name="Expression">Null when there is nothing to search for.</param>
/// <param name="Reason">Why there is no expression, in a sentence.</param>
internal readonly record struct SearchQuery(string? Expression, string? Reason)
{
    public const int LongestText = 200;

    /// <summary>Each word costs a walk of its own.</summary>
    public const int MostWords = 16;

    /// <summary>Letters before a star: FTS5 gathers all that begin so before it gives the first, and shorter beginnings are in everything.</summary>
    public const int ShortestBeginning = 3;

    /// <summary>Never throws, whatever the text.</summary>
    public static SearchQuery Parse(string? text)
    {
        // A NUL would end the expression in the middle of a string.
        var clean = StoredText.From(text ?? "");
        if (string.IsNullOrWhiteSpace(clean))
        {
            return Nothing("Type a word to search for.");
        }

        if (clean.Length > LongestText)
        {
            return Nothing($"A search takes at most {LongestText} characters.");
        }

        var parts = new List<string>();
        var words = 0;
        foreach (var (part, prefix) in Split(clean))
        {
            var (count, last) = Measure(part);
            if (count == 0)
            {
                continue;
            }

            if (prefix && last < ShortestBeginning)
            {
                return Nothing($"A star needs at least {ShortestBeginning} letters before it.");
            }

            words += count;
            parts.Add($"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{(prefix ? "*" : "")}");
        }

        return words switch
        {
            0 => Nothing("A search needs a letter or a digit."),
            > MostWords => Nothing($"A search takes at most {MostWords} words."),
            _ => new SearchQuery(string.Join(' ', parts.Distinct(StringComparer.Ordinal)), null),
        };
    }

    private static SearchQuery Nothing(string reason) => new(null, reason);

    /// <summary>Words as they stand between spaces, and what stands between quotes; a last quote that is open reaches to the end.</summary>
    private static IEnumerable<(string Text, bool Prefix)> Split(string text)
    {
        // Phones type curly ones.
        var pieces = text.Replace('“', '"').Replace('”', '"').Replace('„', '"').Split('"');
        for (var i = 0; i < pieces.Length; i++)
        {
            if (i % 2 == 1)
            {
                yield return (pieces[i], false);
                continue;
            }

            foreach (var word in pieces[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                var bare = word.TrimEnd('*');
                yield return (bare, bare.Length < word.Length);
            }
        }
    }

    /// <summary>How many words the index's tokenizer makes of a text, and how long the last one is; only these can be found.</summary>
    private static (int Words, int LastLength) Measure(string text)
    {
        var (words, length, inside) = (0, 0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsToken(rune))
            {
                (words, length) = inside ? (words, length + 1) : (words + 1, 1);
                inside = true;
            }
            else
            {
                // An accent that stands apart belongs to its letter.
                inside = inside && Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;
            }
        }

        return (words, length);
    }

    /// <summary>unicode61's default: letters, numbers and private use.</summary>
    private static bool IsToken(Rune rune) =>
        Rune.IsLetter(rune) || Rune.IsNumber(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.PrivateUse;
}
