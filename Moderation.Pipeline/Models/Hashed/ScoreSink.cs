using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>Adds up the weights of a text's features.</summary>
internal ref struct ScoreSink(short[] weights, Lexicon lexicon) : ITokenSink
{
    // Buckets are 18 bits of a hash and the table has 2^18 places, so no access needs its bounds checked.
    private readonly ref short _weights = ref MemoryMarshal.GetArrayDataReference(weights);
    private readonly ref Lexicon.ShortEntry _lexicon = ref lexicon.FirstShort;
    private readonly int _lexiconMask = lexicon.ShortMask;
    private ulong _previous = FeatureHash.Beginning;

    public long Sum { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Word(PackedWord word, int start, int end)
    {
        var hash = FeatureHash.OfWord(word.Low, word.High);
        var isKnown = word.Letters <= Lexicon.ShortWord
            ? Lexicon.TryFind(ref _lexicon, _lexiconMask, hash, word.Low, out var sum)
            : Lexicon.TryFind(ref lexicon.FirstLong, lexicon.LongMask, hash, word, out sum);
        if (!isKnown)
        {
            sum = SumOf(hash, word);
        }

        Sum += sum + Pair(hash);
    }

    public void LongWord(scoped ReadOnlySpan<byte> letters, int start, int end)
    {
        var hash = FeatureHash.OfLongWord(letters);
        Span<int> buckets = stackalloc int[FeatureHash.MostBucketsOfAToken];
        Sum += Lexicon.Sum(hash, letters, weights, buckets) + Pair(hash);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Symbol(int codePoint, int run, int start, int end)
    {
        var hash = FeatureHash.OfSymbol(codePoint, run);
        Sum += Unsafe.Add(ref _weights, FeatureHash.Bucket(hash)) + Pair(hash);
    }

    public void Address(int start, int end)
    {
        var hash = FeatureHash.OfAddress();
        Sum += Unsafe.Add(ref _weights, FeatureHash.Bucket(hash)) + Pair(hash);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Pair(ulong hash)
    {
        var weight = Unsafe.Add(ref _weights, FeatureHash.PairBucket(_previous, hash));
        _previous = hash;
        return weight;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly int SumOf(ulong hash, PackedWord word)
    {
        var bordered = new BorderedWord(word);
        var sum = (int)Unsafe.Add(ref _weights, FeatureHash.Bucket(hash));
        for (var i = 3; i <= word.Letters; i++)
        {
            sum += Gram(bordered.Eight, 3) + Gram(bordered.Eight, 4) + Gram(bordered.Eight, 5);
            bordered.Advance();
        }

        if (word.Letters > 1)
        {
            // Four letters are left, the border included.
            sum += Gram(bordered.Eight, 3) + Gram(bordered.Eight, 4);
            bordered.Advance();
        }

        return sum + Gram(bordered.Eight, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Gram(ulong eight, int n) => Unsafe.Add(ref _weights, FeatureHash.GramBucket(eight, n));
}
