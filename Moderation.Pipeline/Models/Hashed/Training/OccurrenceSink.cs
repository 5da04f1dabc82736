namespace Moderation.Pipeline.Models.Hashed.Training;

/// <summary>Collects the bucket of each occurrence of a feature.</summary>
internal struct OccurrenceSink(WordList list, OccurrenceBuffer buckets) : ITokenSink
{
    private ulong _previous = FeatureHash.Beginning;

    public void Word(PackedWord word, int start, int end)
    {
        Span<byte> letters = stackalloc byte[PackedWord.MostLetters];
        word.CopyTo(letters);
        AddWord(FeatureHash.OfWord(word.Low, word.High), letters[..word.Letters]);
        if (list.Contains(word))
        {
            buckets.Add(FeatureHash.ListBucket);
        }
    }

    public void LongWord(scoped ReadOnlySpan<byte> letters, int start, int end) => AddWord(FeatureHash.OfLongWord(letters), letters);

    public void Symbol(int codePoint, int run, int start, int end) => Add(FeatureHash.OfSymbol(codePoint, run));

    public void Address(int start, int end) => Add(FeatureHash.OfAddress());

    private void AddWord(ulong hash, ReadOnlySpan<byte> letters)
    {
        Span<int> own = stackalloc int[FeatureHash.MostBucketsOfAToken];
        buckets.Add(own[..FeatureHash.WordBuckets(hash, letters, own)]);
        AddPair(hash);
    }

    private void Add(ulong hash)
    {
        buckets.Add(FeatureHash.Bucket(hash));
        AddPair(hash);
    }

    private void AddPair(ulong hash)
    {
        buckets.Add(FeatureHash.PairBucket(_previous, hash));
        _previous = hash;
    }
}
