using Moderation.Pipeline.Text;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>The working memory of one thread that turns texts into features; reused for every comment.</summary>
internal sealed class FeatureScratch : IFeatureSink
{
    private readonly ushort[] _counts = new ushort[FeatureHasher.Buckets];
    private readonly List<int> _touched = new(1024);

    public List<Token> Tokens { get; } = new(256);

    /// <summary>The buckets the text fell into, each once, in order of first appearance.</summary>
    public IReadOnlyList<int> Buckets => _touched;

    public void Add(int bucket, int firstToken, int lastToken)
    {
        ref var count = ref _counts[bucket];
        if (count == 0)
        {
            _touched.Add(bucket);
        }

        if (count < ushort.MaxValue)
        {
            count++;
        }
    }

    /// <summary>Fills the scratch from cleaned text.</summary>
    public void Fill(ReadOnlySpan<char> text)
    {
        foreach (var bucket in _touched)
        {
            _counts[bucket] = 0;
        }

        _touched.Clear();
        Tokens.Clear();
        Tokenizer.Tokenize(text, Tokens);
        var self = this;
        FeatureHasher.Walk(text, Tokens, ref self);
    }

    /// <summary>Sublinear term frequency, 1 + ln(count), before normalisation.</summary>
    public float ValueOf(int bucket) => 1f + MathF.Log(_counts[bucket]);

    /// <summary>The L2 norm of all values; 1 for an empty text so that it can be divided by.</summary>
    public float Norm()
    {
        double squares = 0;
        foreach (var bucket in _touched)
        {
            double value = ValueOf(bucket);
            squares += value * value;
        }

        return squares == 0 ? 1f : (float)Math.Sqrt(squares);
    }
}
