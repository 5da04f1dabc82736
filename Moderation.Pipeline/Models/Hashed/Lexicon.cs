using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>
/// Frequent words with the ready sum of their weight and those of their n-grams: one look-up instead of some fifteen.
/// Words are compared letter by letter, so the sum is exactly what the look-ups would give.
/// </summary>
/// <remarks>
/// Open addressing, at most half full, so that most searches end at the first place. Words are spread by a number
/// of the model's own choosing only within the table; a text full of words from one place costs a few steps more each.
/// </remarks>
internal sealed class Lexicon
{
    /// <summary>Most words that are kept: 16,384 places of 32 bytes are half a mebibyte.</summary>
    public const int MostWords = 8192;

    private const int LongestSearch = 8;

    private readonly Entry[] _entries;

    public Lexicon(IReadOnlyList<byte[]> words, ReadOnlySpan<short> weights)
    {
        _entries = new Entry[Math.Max(16, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(words.Count, MostWords)) * 2)];
        Span<int> buckets = stackalloc int[FeatureHash.MostBucketsOfAToken];
        foreach (var letters in words.Take(MostWords))
        {
            var word = PackedWord.Of(letters);
            Add(word, Sum(FeatureHash.OfWord(word.Low, word.High), letters, weights, buckets));
        }
    }

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
    public static bool TryFind(ref Entry first, int mask, ulong hash, PackedWord word, out int sum)
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

    public ref Entry First => ref MemoryMarshal.GetArrayDataReference(_entries);

    public int Mask => _entries.Length - 1;

    private void Add(PackedWord word, int sum)
    {
        var hash = (int)FeatureHash.OfWord(word.Low, word.High);
        for (var step = 0; step < LongestSearch; step++)
        {
            ref var entry = ref _entries[(hash + step) & Mask];
            if (entry.Low == 0 || (entry.Low == word.Low && entry.High == word.High))
            {
                entry = new Entry { Low = word.Low, High = word.High, Sum = sum };
                return;
            }
        }
    }

    [StructLayout(LayoutKind.Sequential, Size = 32)]
    internal struct Entry
    {
        public ulong Low;
        public ulong High;
        public int Sum;
    }
}
