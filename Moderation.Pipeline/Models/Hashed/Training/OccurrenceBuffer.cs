namespace Moderation.Pipeline.Models.Hashed.Training;

/// <summary>The buckets of a text, one for each occurrence of a feature. One thread's memory, used again for each text.</summary>
internal sealed class OccurrenceBuffer
{
    private int[] _buckets = new int[4096];
    private int _length;

    public void Clear() => _length = 0;

    public void Add(int bucket)
    {
        if (_length == _buckets.Length)
        {
            Array.Resize(ref _buckets, 2 * _length);
        }

        _buckets[_length++] = bucket;
    }

    public void Add(ReadOnlySpan<int> buckets)
    {
        foreach (var bucket in buckets)
        {
            Add(bucket);
        }
    }

    /// <summary>The different buckets, ascending, and how often each occurs (at most 65,535 times).</summary>
    public (int[] Buckets, ushort[] Counts) Count()
    {
        var all = _buckets.AsSpan(0, _length);
        all.Sort();
        var different = 0;
        for (var i = 0; i < all.Length; i++)
        {
            different += i == 0 || all[i] != all[i - 1] ? 1 : 0;
        }

        var buckets = new int[different];
        var counts = new ushort[different];
        var at = -1;
        foreach (var bucket in all)
        {
            if (at < 0 || buckets[at] != bucket)
            {
                buckets[++at] = bucket;
            }

            counts[at] = (ushort)Math.Min(counts[at] + 1, ushort.MaxValue);
        }

        return (buckets, counts);
    }
}
