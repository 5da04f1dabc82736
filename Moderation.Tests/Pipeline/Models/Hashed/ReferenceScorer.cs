using System.Text;

using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Hashed;
using Moderation.Pipeline.Text;

namespace Moderation.Tests.Pipeline.Models.Hashed;

/// <summary>
/// What the hashed scorer should answer, character by character, with a list of tokens and a sum in doubles. It shares
/// with the scorer what defines a model (classes of characters, names of features) and nothing of how it is computed.
/// </summary>
internal static class ReferenceScorer
{
    private const string AddressEndMarks = ".,!?);:'";

    public static double Score(HashedParameters model, string body)
    {
        var text = CommentCleaner.CleanWithOrigins(body).Text;
        var reading = new Reading(text);
        reading.Run();
        var z = model.Bias;
        if (reading.Tokens.Count > 0)
        {
            z += model.Scale * Buckets(model, reading.Tokens).Sum(bucket => (double)model.Weights[bucket]) / Math.Sqrt(reading.Tokens.Count);
            z += Style(text, reading).Zip(model.Style, static (value, weight) => value * weight).Sum();
        }

        return 1 / (1 + Math.Exp(-((model.Slope * z) + model.Offset)));
    }

    /// <summary>The hashes of a text's tokens.</summary>
    public static IReadOnlyList<ulong> Tokens(string body)
    {
        var reading = new Reading(CommentCleaner.CleanWithOrigins(body).Text);
        reading.Run();
        return [.. reading.Tokens.Select(token => token.Hash)];
    }

    private static IEnumerable<int> Buckets(HashedParameters model, List<Token> tokens)
    {
        var previous = FeatureHash.Beginning;
        foreach (var token in tokens)
        {
            yield return FeatureHash.Bucket(token.Hash);
            yield return FeatureHash.PairBucket(previous, token.Hash);
            previous = token.Hash;
            if (token.Letters is null)
            {
                continue;
            }

            if (model.ListedWords.Any(word => word.AsSpan().SequenceEqual(token.Letters)))
            {
                yield return FeatureHash.ListBucket;
            }

            byte[] bordered = [0x02, .. token.Letters, 0x03];
            for (var n = 3; n <= 5; n++)
            {
                for (var i = 0; i + n <= bordered.Length; i++)
                {
                    ulong gram = 0;
                    for (var k = 0; k < n; k++)
                    {
                        gram |= (ulong)bordered[i + k] << (8 * k);
                    }

                    yield return FeatureHash.GramBucket(gram, n);
                }
            }
        }
    }

    private static double[] Style(string text, Reading reading)
    {
        var length = Math.Log(1 + reading.Tokens.Count);
        var plain = reading.Plain;
        var visible = Encoding.UTF8.GetBytes(text).Where(b => b > 0x20).ToArray();
        return
        [
            length, .. new[] { 1.1, 1.8, 2.5, 3.2, 3.9, 4.6, 5.3 }.Select(bend => Math.Max(0, length - bend)),
            plain.Count(c => c is >= 'A' and <= 'Z') / (double)Encoding.UTF8.GetByteCount(text),
            plain.Contains('?') ? 1 : 0,
            plain.Contains('!') ? 1 : 0,
            reading.Addresses > 0 ? 1 : 0,
            plain.Count(c => c == '.') / (double)reading.Tokens.Count,
            visible.Length > 0 && !".!?".Contains((char)visible[^1], StringComparison.Ordinal) ? 1 : 0,
            visible.Length > 0 && visible[0] is >= (byte)'a' and <= (byte)'z' ? 1 : 0,
        ];
    }

    private sealed record Token(ulong Hash, byte[]? Letters);

    private sealed class Reading(string text)
    {
        private readonly Rune[] _runes = [.. text.EnumerateRunes()];
        private readonly List<byte> _word = [];
        private bool _apostrophe;
        private bool _inWord;
        private Rune _symbol;
        private int _run;

        public List<Token> Tokens { get; } = [];

        public int Addresses { get; private set; }

        /// <summary>All characters outside addresses and written code points.</summary>
        public List<char> Plain { get; } = [];

        public void Run()
        {
            for (var i = 0; i < _runes.Length;)
            {
                i = TrySpecial(i) is { } end ? end : Step(i);
            }

            EndSymbol();
            EndWord();
        }

        private int Step(int i)
        {
            var rune = _runes[i];
            Plain.Add(rune.Value < 0x10000 ? (char)rune.Value : '\0');
            switch (KindOf(rune))
            {
                case CodePointKind.Letter:
                    EndSymbol();
                    if (_apostrophe)
                    {
                        AddLetter((byte)'\'');
                        _apostrophe = false;
                    }

                    AddLetter(CodePoints.Fold(rune));
                    break;
                case CodePointKind.Apostrophe:
                    EndSymbol();
                    if (_inWord && !_apostrophe)
                    {
                        _apostrophe = true;
                    }
                    else
                    {
                        EndWord();
                    }

                    break;
                case CodePointKind.Symbol:
                    EndWord();
                    if (_run > 0 && _symbol != rune)
                    {
                        EndSymbol();
                    }

                    _symbol = rune;
                    _run++;
                    break;
                case CodePointKind.Gap:
                    EndSymbol();
                    EndWord();
                    break;
            }

            return i + 1;
        }

        /// <summary>Reads an address or a written code point; only plain text may stand directly before it.</summary>
        private int? TrySpecial(int i)
        {
            if (_inWord || (i > 0 && _runes[i - 1].Value >= 0x80))
            {
                return null;
            }

            var rest = _runes.AsSpan(i);
            if (CodePointAt(rest) is { } mark)
            {
                EndSymbol();
                Tokens.Add(new Token(FeatureHash.OfSymbol(mark.CodePoint, 1), null));
                return i + mark.Length;
            }

            var length = AddressAt(rest);
            if (length == 0)
            {
                return null;
            }

            EndSymbol();
            Tokens.Add(new Token(FeatureHash.OfAddress(), null));
            Addresses++;
            return i + length;
        }

        private static (int CodePoint, int Length)? CodePointAt(ReadOnlySpan<Rune> text)
        {
            if (text.Length < 2 || text[0].Value is not ('u' or 'U') || text[1].Value != '+')
            {
                return null;
            }

            var digits = "";
            while (digits.Length < 6 && digits.Length + 2 < text.Length && text[digits.Length + 2].IsAscii && Uri.IsHexDigit((char)text[digits.Length + 2].Value))
            {
                digits += (char)text[digits.Length + 2].Value;
            }

            var end = digits.Length + 2;
            var goesOn = end < text.Length && (text[end].Value >= 0x80 || KindOf(text[end]) == CodePointKind.Letter);
            return digits.Length < 4 || goesOn ? null : (Convert.ToInt32(digits, 16), end);
        }

        private static int AddressAt(ReadOnlySpan<Rune> text)
        {
            foreach (var start in new[] { "http://", "https://", "www." })
            {
                if (!StartsWith(text, start))
                {
                    continue;
                }

                var end = start.Length;
                while (end < text.Length && text[end].Value is > 0x20 and not ('<' or '>' or '"' or 0x7F))
                {
                    end++;
                }

                while (end > start.Length && text[end - 1].Value < 0x80 && AddressEndMarks.Contains((char)text[end - 1].Value, StringComparison.Ordinal))
                {
                    end--;
                }

                return end > start.Length ? end : 0;
            }

            return 0;
        }

        private static bool StartsWith(ReadOnlySpan<Rune> text, string start)
        {
            for (var i = 0; i < start.Length; i++)
            {
                // Only ASCII letters are folded here: "ſ" or the Kelvin sign begin no address.
                if (i >= text.Length || text[i].Value >= 0x80 || char.ToLowerInvariant((char)text[i].Value) != start[i])
                {
                    return false;
                }
            }

            return true;
        }

        private static CodePointKind KindOf(Rune rune) => rune.Value switch
        {
            '\'' => CodePointKind.Apostrophe,
            <= 0x20 or 0x7F => CodePointKind.Gap,
            < 0x80 => Rune.IsLetterOrDigit(rune) || rune.Value == '_' ? CodePointKind.Letter : CodePointKind.Symbol,
            _ => CodePoints.KindOf(rune),
        };

        private void AddLetter(byte letter)
        {
            if (_word.Count == TextWalker.LongestWord)
            {
                AddWord();
            }

            _word.Add(letter);
            _inWord = true;
        }

        private void EndWord()
        {
            if (_word.Count > 0)
            {
                AddWord();
            }

            _inWord = false;
            _apostrophe = false;
        }

        private void AddWord()
        {
            byte[] letters = [.. _word];
            var packed = letters.Length <= PackedWord.MostLetters ? PackedWord.Of(letters) : default;
            Tokens.Add(new Token(packed.Letters > 0 ? FeatureHash.OfWord(packed.Low, packed.High) : FeatureHash.OfLongWord(letters), letters));
            _word.Clear();
        }

        private void EndSymbol()
        {
            if (_run > 0)
            {
                Tokens.Add(new Token(FeatureHash.OfSymbol(_symbol.Value, _run), null));
            }

            _run = 0;
        }
    }
}
