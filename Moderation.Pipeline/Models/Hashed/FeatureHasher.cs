using Moderation.Pipeline.Text;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>Takes the features of a comment one by one.</summary>
internal interface IFeatureSink
{
    /// <param name="bucket">0 to <see cref="FeatureHasher.Buckets"/> − 1.</param>
    /// <param name="firstToken">Index of the first token that the feature was read from.</param>
    /// <param name="lastToken">Index of the last one; equal to the first for everything but word pairs.</param>
    void Add(int bucket, int firstToken, int lastToken);
}

/// <summary>
/// The features of a comment: words, word pairs, and character n-grams of 3 to 5 inside words with their borders
/// marked, all lower-cased and hashed into one table. Symbols count as words, with their run length.
/// </summary>
/// <remarks>Changing anything here changes what a model file means: raise <see cref="ModelFile.FormatVersion"/>.</remarks>
internal static class FeatureHasher
{
    public const int BucketBits = 18;

    public const int Buckets = 1 << BucketBits;

    private const int ShortestGram = 3;
    private const int LongestGram = 5;
    private const char WordStart = '\u0002';
    private const char WordEnd = '\u0003';

    // FNV-1a, 32 bit (Fowler, Noll, Vo); one offset for each kind of feature keeps their names apart.
    private const uint FnvPrime = 16777619;
    private const uint WordSeed = 2166136261;
    private const uint PairSeed = 2166136261 ^ 0x9E3779B9;
    private const uint GramSeed = 2166136261 ^ 0x85EBCA6B;

    private static readonly uint _urlHash = HashOf("\u0001url");

    public static void Walk<TSink>(ReadOnlySpan<char> text, List<Token> tokens, ref TSink sink)
        where TSink : IFeatureSink
    {
        var previous = 0u;
        for (var t = 0; t < tokens.Count; t++)
        {
            var token = tokens[t];
            var span = text.Slice(token.Start, token.Length);
            var hash = token.Kind switch
            {
                TokenKind.Url => _urlHash,
                TokenKind.Symbol => HashOfSymbol(span),
                _ => HashOf(span),
            };
            sink.Add(Bucket(hash), t, t);
            if (t > 0)
            {
                sink.Add(Bucket(Mix(Mix(PairSeed, previous), hash)), t - 1, t);
            }

            if (token.Kind == TokenKind.Word)
            {
                AddGrams(span, t, ref sink);
            }

            previous = hash;
        }
    }

    private static void AddGrams<TSink>(ReadOnlySpan<char> word, int token, ref TSink sink)
        where TSink : IFeatureSink
    {
        var length = word.Length + 2;
        for (var start = 0; start + ShortestGram <= length; start++)
        {
            var hash = GramSeed;
            var longest = Math.Min(LongestGram, length - start);
            for (var k = 0; k < longest; k++)
            {
                hash = (hash ^ At(word, start + k)) * FnvPrime;
                if (k + 1 >= ShortestGram)
                {
                    sink.Add(Bucket(hash), token, token);
                }
            }
        }

        static char At(ReadOnlySpan<char> word, int i) =>
            i == 0 ? WordStart : i == word.Length + 1 ? WordEnd : Folded(word[i - 1]);
    }

    private static uint HashOf(ReadOnlySpan<char> word)
    {
        var hash = WordSeed;
        foreach (var c in word)
        {
            hash = (hash ^ Folded(c)) * FnvPrime;
        }

        return hash;
    }

    /// <summary>Upper and lower case are one, and so are the two apostrophes.</summary>
    private static char Folded(char c) => c == '’' ? '\'' : char.ToLowerInvariant(c);

    /// <summary>"!", "!!" and "!!!" differ; four and more do not.</summary>
    private static uint HashOfSymbol(ReadOnlySpan<char> run)
    {
        var first = char.IsHighSurrogate(run[0]) && run.Length > 1 ? run[..2] : run[..1];
        return Mix(HashOf(first), (uint)Math.Min(run.Length / first.Length, 3));
    }

    private static uint Mix(uint hash, uint value)
    {
        for (var shift = 0; shift < 32; shift += 8)
        {
            hash = (hash ^ ((value >> shift) & 0xFF)) * FnvPrime;
        }

        return hash;
    }

    /// <summary>FNV's low bits are weak; the finaliser of MurmurHash3 (Appleby) spreads all of them.</summary>
    private static int Bucket(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        hash *= 0xC2B2AE35;
        hash ^= hash >> 16;
        return (int)(hash & (Buckets - 1));
    }
}
