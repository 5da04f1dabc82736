namespace Moderation.Pipeline.Models.Hashed;

/// <summary>Notes what each token adds to the sum of weights; a pair's weight is shared by its two tokens.</summary>
internal readonly struct ContributionSink(short[] weights, WordList list, List<ContributionSink.Token> tokens) : ITokenSink
{
    public void Word(PackedWord word, int start, int end)
    {
        Span<byte> letters = stackalloc byte[PackedWord.MostLetters];
        word.CopyTo(letters);
        var shared = list.Contains(word) ? weights[FeatureHash.ListBucket] : 0;
        AddWord(FeatureHash.OfWord(word.Low, word.High), letters[..word.Letters], shared, start, end);
    }

    public void LongWord(scoped ReadOnlySpan<byte> letters, int start, int end) =>
        AddWord(FeatureHash.OfLongWord(letters), letters, 0, start, end);

    public void Symbol(int codePoint, int run, int start, int end) => Add(FeatureHash.OfSymbol(codePoint, run), start, end);

    public void Address(int start, int end) => Add(FeatureHash.OfAddress(), start, end);

    private void AddWord(ulong hash, ReadOnlySpan<byte> letters, int shared, int start, int end)
    {
        Span<int> buckets = stackalloc int[FeatureHash.MostBucketsOfAToken];
        Add(hash, Lexicon.Sum(hash, letters, weights, buckets) + shared, start, end);
    }

    private void Add(ulong hash, int start, int end) => Add(hash, weights[FeatureHash.Bucket(hash)], start, end);

    private void Add(ulong hash, double own, int start, int end)
    {
        var previous = tokens.Count > 0 ? tokens[^1].Hash : FeatureHash.Beginning;
        double pair = weights[FeatureHash.PairBucket(previous, hash)];
        if (tokens.Count > 0)
        {
            pair /= 2;
            tokens[^1] = tokens[^1] with { Sum = tokens[^1].Sum + pair };
        }

        tokens.Add(new Token(hash, start, end, own + pair));
    }

    /// <param name="Start">Byte of the cleaned UTF-8 text.</param>
    /// <param name="Sum">In units of the weights.</param>
    internal readonly record struct Token(ulong Hash, int Start, int End, double Sum);
}
