using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>
/// Frequent words with the ready sum of their weight and those of their n-grams: one look-up instead of some fifteen.
/// Words are compared letter by letter, so the sum is exactly what the look-ups would give.
/// </summary>
/// <remarks>
/// Two tables with open addressing, at most half full: short words are most of any text, and half the size lets twice as
/// many stay in the nearest cache. A search ends after <see cref="LongestSearch"/> places, so no text can make it slow.
/// </remarks>
internal sealed class Lexicon
{
    /// <summary>Most words that are kept.</summary>
    public const int MostWords = 8192;

    /// <summary>Letters of a word that fits one register.</summary>
    public const int ShortWord = 8;

    private const int LongestSearch = 8;

    private readonly ShortEntry[] _short;
    private readonly LongEntry[] _long;

    public Lexicon(IReadOnlyList<byte[]> words, ReadOnlySpan<short> weights)
    {
        _short = new ShortEntry[PlacesFor(words.Count(word => word.Length <= ShortWord))];
        _long = new LongEntry[PlacesFor(words.Count(word => word.Length > ShortWord))];
        Span<int> buckets = stackalloc int[FeatureHash.MostBucketsOfAToken];
        foreach (var letters in words.Take(MostWords))
        {
            var word = PackedWord.Of(letters);
            var hash = FeatureHash.OfWord(word.Low, word.High);
            Add(word, (int)hash, Sum(hash, letters, weights, buckets));
        }
    }

    public ref ShortEntry FirstShort => ref MemoryMarshal.GetArrayDataReference(_short);

    public int ShortMask => _short.Length - 1;

    public ref LongEntry FirstLong => ref MemoryMarshal.GetArrayDataReference(_long);

    public int LongMask => _long.Length - 1;

    /// <summary>The sum of a word's weight and those of its n-grams, without a table.</summary>
    public static int Sum(ulong hash, ReadOnlySpan<byte> letters, ReadOnlySpan<short> weights, Span<int> buckets)
    {
        var sum = 0;
        foreach (var bucket in buckets[..FeatureHash.WordBuckets(hash, letters, buckets)])
        {
            sum += weights[bucket];
        }

        return sum;
    }

    /// <returns>False when the word is not in the table.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryFind(ref ShortEntry first, int mask, ulong hash, ulong word, out int sum)
    {
        for (var step = 0; step < LongestSearch; step++)
        {
            ref var entry = ref Unsafe.Add(ref first, ((int)hash + step) & mask);
            if (entry.Word == word)
            {
                sum = entry.Sum;
                return true;
            }

            if (entry.Word == 0)
            {
                break;
            }
        }

        sum = 0;
        return false;
    }

    /// <returns>False when the word is not in the table.</returns>
    public static bool TryFind(ref LongEntry first, int mask, ulong hash, PackedWord word, out int sum)
    {
        for (var step = 0; step < LongestSearch; step++)
        {
            ref var entry = ref Unsafe.Add(ref first, ((int)hash + step) & mask);
            if (entry.Low == word.Low && entry.High == word.High)
            {
                sum = entry.Sum;
                return true;
            }

            if (entry.Low == 0)
            {
                break;
            }
        }

        sum = 0;
        return false;
    }

    private static int PlacesFor(int words) => Math.Max(16, 2 * (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(words, MostWords)));

    private void Add(PackedWord word, int hash, int sum)
    {
        for (var step = 0; step < LongestSearch; step++)
        {
            if (word.Letters <= ShortWord)
            {
                ref var entry = ref _short[(hash + step) & ShortMask];
                if (entry.Word == 0 || entry.Word == word.Low)
                {
                    entry = new ShortEntry { Word = word.Low, Sum = sum };
                    return;
                }
            }
            else
            {
                ref var entry = ref _long[(hash + step) & LongMask];
                if (entry.Low == 0 || (entry.Low == word.Low && entry.High == word.High))
                {
                    entry = new LongEntry { Low = word.Low, High = word.High, Sum = sum };
                    return;
                }
            }
        }
    }

    /// <summary>No word begins with a zero byte, so zero is an empty place.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 16)]
    internal struct ShortEntry
    {
        public ulong Word;
        public int Sum;
    }

    [StructLayout(LayoutKind.Sequential, Size = 32)]
    internal struct LongEntry
    {
        public ulong Low;
        public ulong High;
        public int Sum;
    }
}
