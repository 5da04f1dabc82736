using System.Runtime.InteropServices;

using Moderation.Pipeline.Text;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>
/// Turns a comment into the probability that moderators would remove it. Immutable and safe to share between threads.
/// </summary>
/// <remarks>Logistic regression over L2-normalised hashed features: p = 1 / (1 + exp(−(b + Σ wᵢ·xᵢ))).</remarks>
public sealed class HashedScorer : Scorer
{
    [ThreadStatic]
    private static FeatureScratch? _scratch;

    private readonly float[] _weights;

    /// <param name="weights">One weight for each hash bucket.</param>
    /// <param name="bias">The intercept, in logits.</param>
    public HashedScorer(float[] weights, float bias)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Length != FeatureHasher.Buckets)
        {
            throw new ArgumentException($"A model has {FeatureHasher.Buckets} weights, not {weights.Length}.", nameof(weights));
        }

        _weights = weights;
        Bias = bias;
    }

    public override double Bias { get; }

    internal override string Kind => "hashed";

    internal ReadOnlySpan<float> Weights => _weights;

    /// <summary>The probability, 0 to 1, that moderators would remove a comment with this text.</summary>
    public override double Score(ReadOnlySpan<char> body)
    {
        var scratch = _scratch ??= new FeatureScratch();
        scratch.Fill(CommentCleaner.Clean(body.ToString()));
        double sum = 0;
        foreach (var bucket in scratch.Buckets)
        {
            sum += _weights[bucket] * scratch.ValueOf(bucket);
        }

        return Sigmoid(Bias + (sum / scratch.Norm()));
    }

    public override double Score(ReadOnlySpan<byte> utf8Body) => Score(System.Text.Encoding.UTF8.GetString(utf8Body));

    internal override void WriteParameters(BinaryWriter writer)
    {
        writer.Write((float)Bias);
        writer.Write(MemoryMarshal.AsBytes(_weights.AsSpan()));
    }

    internal static HashedScorer ReadParameters(BinaryReader reader)
    {
        var bias = reader.ReadSingle();
        var weights = new float[FeatureHasher.Buckets];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));
        return new HashedScorer(weights, bias);
    }

    /// <summary>
    /// Which stretches of the original text pushed the score, and how far. The contributions and the intercept sum
    /// to the score's logit.
    /// </summary>
    public override Explanation Explain(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var clean = CommentCleaner.CleanWithOrigins(body);
        var scratch = _scratch ??= new FeatureScratch();
        scratch.Fill(clean.Text);
        var occurrences = new OccurrenceSink([]);
        FeatureHasher.Walk(clean.Text, scratch.Tokens, ref occurrences);
        var contributions = new ContributionSink(this, scratch, occurrences.ByBucket, new double[scratch.Tokens.Count]);
        FeatureHasher.Walk(clean.Text, scratch.Tokens, ref contributions);

        var spans = new List<SpanContribution>(scratch.Tokens.Count);
        double logit = Bias;
        for (var t = 0; t < scratch.Tokens.Count; t++)
        {
            var token = scratch.Tokens[t];
            var start = clean.Origins[token.Start].Start;
            var end = clean.Origins[token.End - 1].End;
            spans.Add(new SpanContribution(start, end - start, contributions.ByToken[t]));
            logit += contributions.ByToken[t];
        }

        return new Explanation(Sigmoid(logit), spans, [new TermContribution("intercept", Bias)]);
    }

    /// <summary>Counts without end: the scratch's own counts stop at 65,535, which is all that a score needs.</summary>
    private readonly struct OccurrenceSink(Dictionary<int, int> byBucket) : IFeatureSink
    {
        public Dictionary<int, int> ByBucket => byBucket;

        public void Add(int bucket, int firstToken, int lastToken) =>
            CollectionsMarshal.GetValueRefOrAddDefault(byBucket, bucket, out _)++;
    }

    private readonly struct ContributionSink(
        HashedScorer scorer, FeatureScratch scratch, Dictionary<int, int> occurrences, double[] byToken) : IFeatureSink
    {
        private readonly float _norm = scratch.Norm();

        public double[] ByToken => byToken;

        public void Add(int bucket, int firstToken, int lastToken)
        {
            // A feature's value is shared out evenly among its occurrences, a pair's among its two words.
            var share = scorer._weights[bucket] * scratch.ValueOf(bucket) / _norm / occurrences[bucket];
            if (firstToken == lastToken)
            {
                byToken[firstToken] += share;
            }
            else
            {
                byToken[firstToken] += share / 2;
                byToken[lastToken] += share / 2;
            }
        }
    }
}
