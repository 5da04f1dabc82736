using System.Buffers;

namespace Moderation.Pipeline.Models.Talk;

/// <summary>
/// Takes English inflection off a word: plurals, third persons, -ed and -ing; irregular words come from a table.
/// </summary>
/// <remarks>
/// Step 1 of Porter's stemmer (1980) with the dictionary form put back ("making" is "make", not "mak") and derivation left
/// alone ("government" stays). Rules guess: what matters to a model is that a word's forms meet, not that they meet at the
/// right one. Changing anything here changes what a model file means: raise <see cref="ModelFile.FormatVersion"/>.
/// </remarks>
internal static class EnglishLemmas
{
    /// <summary>How much longer than its word a lemma can be: "'ll" is "will", "lit" is "light".</summary>
    public const int Slack = 4;

    private const int Shortest = 4;
    private const int Longest = 32;

    private static readonly SearchValues<char> _vowels = SearchValues.Create("aeiouy");

    /// <summary>Turns a word into its lemma, in place.</summary>
    /// <param name="buffer">Begins with the word, in lower case; at least <see cref="Slack"/> longer than it.</param>
    /// <param name="length">Of the word, in UTF-16 units.</param>
    /// <returns>The length of the lemma, with which the buffer now begins.</returns>
    public static int Lemmatise(Span<char> buffer, int length)
    {
        ReadOnlySpan<char> word = buffer[..length];
        if (IrregularWords.TryFind(word, out var lemma))
        {
            lemma.CopyTo(buffer);
            return lemma.Length;
        }

        if (length is < Shortest or > Longest || word.ContainsAnyExceptInRange('a', 'z'))
        {
            return length;
        }

        if (word[^1] == 's')
        {
            return WithoutS(buffer, length);
        }

        if (word.EndsWith("ied"))
        {
            return WithoutIe(buffer, length);
        }

        return word.EndsWith("ed") && !word.EndsWith("eed") ? WithoutEnding(buffer, length, length - 2)
            : word.EndsWith("ing") ? WithoutEnding(buffer, length, length - 3)
            : length;
    }

    private static int WithoutS(Span<char> buffer, int length)
    {
        ReadOnlySpan<char> word = buffer[..length];
        if (word.EndsWith("ies"))
        {
            return WithoutIe(buffer, length);
        }

        if (word.EndsWith("sses") || word.EndsWith("shes") || word.EndsWith("ches") || word.EndsWith("xes") || word.EndsWith("oes"))
        {
            return length - 2;
        }

        return word[^2] is 's' or 'u' or 'i' || word.EndsWith("ics") ? length : length - 1;
    }

    /// <summary>"studies" and "studied" are "study"; "dies" and "died" are "die".</summary>
    private static int WithoutIe(Span<char> buffer, int length)
    {
        if (length <= Shortest)
        {
            return length - 1;
        }

        buffer[length - 3] = 'y';
        return length - 2;
    }

    private static int WithoutEnding(Span<char> buffer, int length, int stemLength)
    {
        ReadOnlySpan<char> stem = buffer[..stemLength];
        if (stemLength < 2 || !stem.ContainsAny(_vowels))
        {
            return length;
        }

        var last = stem[^1];
        if (last == stem[^2] && !IsVowel(stem, stemLength - 1))
        {
            // "running" is "run", but "telling", "missing", "buzzing", "sniffing" and "adding" keep both letters.
            return stemLength > 3 && last is not ('l' or 's' or 'z' or 'f') ? stemLength - 1 : stemLength;
        }

        if (!LostE(stem))
        {
            return stemLength;
        }

        buffer[stemLength] = 'e';
        return stemLength + 1;
    }

    private static bool LostE(ReadOnlySpan<char> stem)
    {
        var last = stem.Length - 1;
        if (stem[last] is 'v' or 'c' or 'u' or 'z' or 's')
        {
            // "having", "forced", "argued", "realized", "used"; a word that ends in a lone s is rare ("focus").
            return true;
        }

        if (IsVowel(stem, last) || stem[last] is 'w' or 'x' or 'y')
        {
            return false;
        }

        if (!IsVowel(stem, last - 1))
        {
            // "handled", "judging", "merged".
            return (stem[last] == 'l' && stem[last - 1] is not ('r' or 'w' or 'l')) || (stem[last] == 'g' && stem[last - 1] is 'd' or 'r');
        }

        if (last >= 2 && IsVowel(stem, last - 2))
        {
            // "looked", "treating", but "associated", "graduated".
            return stem.EndsWith("iat") || stem.EndsWith("uat");
        }

        // Of several syllables: "decid", "contribut", "compar", but "visit", "open", "consider".
        return IsOneSyllable(stem) || (stem[last - 1], stem[last])
            is ('a', 'd' or 'g' or 'k' or 'p' or 'r' or 't') or ('i', 'b' or 'd' or 'n' or 'r') or ('o', 't')
            or ('u', 'd' or 'l' or 'm' or 'r' or 't');
    }

    /// <summary>Consonants, a vowel, a consonant: "mak", "hop", "shar".</summary>
    private static bool IsOneSyllable(ReadOnlySpan<char> stem)
    {
        for (var i = 0; i < stem.Length - 2; i++)
        {
            if (IsVowel(stem, i))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A "y" is a vowel behind a consonant, and so the "u" of "qu" is none.</summary>
    private static bool IsVowel(ReadOnlySpan<char> word, int i) => word[i] switch
    {
        'a' or 'e' or 'i' or 'o' => true,
        'u' => i == 0 || word[i - 1] != 'q',
        'y' => i > 0 && !IsVowel(word, i - 1),
        _ => false,
    };
}
