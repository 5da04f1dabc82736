using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>
/// Names features by hashes. A text has one feature for each token, for each pair of neighbouring tokens (the first
/// token pairs with the beginning), and for each run of 3 to 5 letters inside a word with its borders marked.
/// </summary>
/// <remarks>
/// Changing anything here changes what a model file means: raise <see cref="ModelFile.FormatVersion"/>. Hashes are
/// products of odd constants, some folded from 128 bits (as in wyhash, Wang Yi); buckets are their high bits
/// (multiplicative hashing, Knuth, vol. 3, 6.4).
/// </remarks>
internal static class FeatureHash
{
    public const int BucketBits = 18;

    public const int Buckets = 1 << BucketBits;

    /// <summary>What the first token pairs with.</summary>
    public const ulong Beginning = 0x8BB84B93962EACC9;

    /// <summary>Most buckets that one token has without its pair: itself, its n-grams, and the list.</summary>
    public const int MostBucketsOfAToken = 2 + (3 * TextWalker.LongestWord);

    /// <summary>Stands before the first letter of a word.</summary>
    public const byte WordStart = 0x02;

    /// <summary>Stands behind its last letter.</summary>
    public const byte WordEnd = 0x03;

    private const int ShortestGram = 3;
    private const int LongestGram = 5;
    private const int CountedRun = 3;
    private const ulong LowSeed = 0x2D358DCCAA6C78A5;
    private const ulong HighSeed = 0x4B33A62ED433D4A3;
    private const ulong SymbolSeed = 0x9E6C63D0676A9A99;
    private const ulong Spread = 0x9E3779B97F4A7C15;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfWord(ulong low, ulong high)
    {
        // Two products and a third over both: as good for this as the folded 128-bit product, and all in registers.
        var hash = ((low ^ LowSeed) * Spread) ^ ulong.RotateLeft((high ^ HighSeed) * SymbolSeed, 32);
        return (hash ^ (hash >> 29)) * LowSeed;
    }

    public static ulong OfLongWord(ReadOnlySpan<byte> letters)
    {
        Span<byte> piece = stackalloc byte[16];
        var hash = (ulong)letters.Length;
        for (var i = 0; i < letters.Length; i += piece.Length)
        {
            piece.Clear();
            letters.Slice(i, Math.Min(piece.Length, letters.Length - i)).CopyTo(piece);
            hash = Fold(BinaryPrimitives.ReadUInt64LittleEndian(piece) ^ LowSeed ^ hash, BinaryPrimitives.ReadUInt64LittleEndian(piece[8..]) ^ HighSeed);
        }

        return hash;
    }

    /// <summary>"!", "!!" and "!!!" differ; four and more do not.</summary>
    public static ulong OfSymbol(int codePoint, int run) =>
        Fold((ulong)codePoint ^ LowSeed, (ulong)Math.Min(run, CountedRun) ^ SymbolSeed);

    /// <summary>The feature that all words of a model's <see cref="WordList"/> share.</summary>
    public static int ListBucket => Bucket(Fold(HighSeed, SymbolSeed));

    /// <summary>All addresses are one feature.</summary>
    public static ulong OfAddress() => Fold(LowSeed, SymbolSeed);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bucket(ulong tokenHash) => (int)(tokenHash >> (64 - BucketBits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PairBucket(ulong previous, ulong current) =>
        (int)(((ulong.RotateLeft(previous, 29) ^ current) * Spread) >> (64 - BucketBits));

    /// <summary>Writes the bucket of a word and those of its n-grams.</summary>
    /// <param name="letters">1 to <see cref="TextWalker.LongestWord"/> folded letters.</param>
    /// <param name="buckets">At least <see cref="MostBucketsOfAToken"/> long.</param>
    /// <returns>How many were written.</returns>
    public static int WordBuckets(ulong hash, ReadOnlySpan<byte> letters, Span<int> buckets)
    {
        // Eight bytes are read at every letter, so the borders are followed by room for seven more.
        Span<byte> bordered = stackalloc byte[TextWalker.LongestWord + 2 + 8];
        bordered[0] = WordStart;
        letters.CopyTo(bordered[1..]);
        bordered[letters.Length + 1] = WordEnd;
        buckets[0] = Bucket(hash);
        var count = 1;
        var length = letters.Length + 2;
        for (var i = 0; i + ShortestGram <= length; i++)
        {
            var eight = MemoryMarshal.Read<ulong>(bordered[i..]);
            for (var n = ShortestGram; n <= LongestGram && i + n <= length; n++)
            {
                buckets[count++] = GramBucket(eight, n);
            }
        }

        return count;
    }

    /// <param name="eight">Bytes of which the first <paramref name="n"/> are the n-gram.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int GramBucket(ulong eight, int n) =>
        (int)((((eight << (64 - (8 * n))) | (uint)n) * Spread) >> (64 - BucketBits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
