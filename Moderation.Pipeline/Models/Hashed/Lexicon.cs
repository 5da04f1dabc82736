using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>
/// Frequent words with the ready sum of their weight and those of their n-grams: one look-up instead of some fifteen.
/// Words are compared letter by letter, so the sum is exactly what the look-ups would give.
/// </summary>
/// <remarks>
/// Two tables with open addressing, at most a quarter full: short words are most of any text, and half the size lets twice as
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

    /// <param name="list">Always found: only here is their shared feature added.</param>
    /// <param name="words">Found unless too many of them share a place.</param>
    /// <exception cref="ArgumentException">The list's words do not fit.</exception>
    public Lexicon(WordList list, IReadOnlyList<byte[]> words, ReadOnlySpan<short> weights)
    {
        byte[][] all = [.. list.Words, .. words.Take(MostWords)];
        _short = new ShortEntry[PlacesFor(all.Count(word => word.Length <= ShortWord))];
        _long = new LongEntry[PlacesFor(all.Count(word => word.Length > ShortWord))];
        Span<int> buckets = stackalloc int[FeatureHash.MostBucketsOfAToken];
        for (var i = 0; i < all.Length; i++)
        {
            var word = PackedWord.Of(all[i]);
            var hash = FeatureHash.OfWord(word.Low, word.High);
            var sum = Sum(hash, all[i], weights, buckets) + (list.Contains(word) ? weights[FeatureHash.ListBucket] : 0);
            if (!TryAdd(word, Place(hash), sum) && i < list.Words.Count)
            {
                throw new ArgumentException("Too many of the listed words share a place.", nameof(list));
            }
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
            ref var entry = ref Unsafe.Add(ref first, (Place(hash) + step) & mask);
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
            ref var entry = ref Unsafe.Add(ref first, (Place(hash) + step) & mask);
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

    /// <summary>The high bits of a product are the well-mixed ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Place(ulong hash) => (int)(hash >> 40);

    private static int PlacesFor(int words) => Math.Max(16, 4 * (int)BitOperations.RoundUpToPowerOf2((uint)words));

    private bool TryAdd(PackedWord word, int place, int sum)
    {
        for (var step = 0; step < LongestSearch; step++)
        {
            if (word.Letters <= ShortWord)
            {
                ref var entry = ref _short[(place + step) & ShortMask];
                if (entry.Word == 0 || entry.Word == word.Low)
                {
                    entry = new ShortEntry { Word = word.Low, Sum = sum };
                    return true;
                }
            }
            else
            {
                ref var entry = ref _long[(place + step) & LongMask];
                if (entry.Low == 0 || (entry.Low == word.Low && entry.High == word.High))
                {
                    entry = new LongEntry { Low = word.Low, High = word.High, Sum = sum };
                    return true;
                }
            }
        }

        return false;
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
