using System.Runtime.InteropServices;
using System.Text;

namespace Moderation.Pipeline.Models.Talk;

/// <summary>Logistic regression over the TF-IDF of one- to three-grams of lemmas. Immutable and safe to share between threads.</summary>
public sealed class TalkScorer : Scorer
{
    /// <summary>Stands between two terms in the model file; no token holds it.</summary>
    private const char TermEnd = '\n';

    [ThreadStatic]
    private static TalkFeatures? _features;

    private readonly TalkVocabulary _vocabulary;
    private readonly float[] _idf;
    private readonly float[] _weights;

    /// <param name="terms">Distinct n-grams; the tokens of one are parted by a space.</param>
    /// <param name="idf">One for each term.</param>
    /// <param name="weights">One for each term, in logits.</param>
    /// <param name="bias">The intercept, in logits.</param>
    public TalkScorer(IReadOnlyList<string> terms, float[] idf, float[] weights, float bias)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(idf);
        ArgumentNullException.ThrowIfNull(weights);
        if (idf.Length != terms.Count || weights.Length != terms.Count)
        {
            throw new ArgumentException($"{terms.Count} terms need as many idf values and weights, not {idf.Length} and {weights.Length}.");
        }

        _vocabulary = new TalkVocabulary([.. terms]);
        _idf = idf;
        _weights = weights;
        Bias = bias;
    }

    public override double Bias { get; }

    /// <summary>In the order of <see cref="Weights"/>.</summary>
    public IReadOnlyList<string> Terms => _vocabulary.Terms;

    internal ReadOnlySpan<float> Weights => _weights;

    internal ReadOnlySpan<float> Idf => _idf;

    internal override string Kind => "talk";

    public override double Score(ReadOnlySpan<char> body)
    {
        var features = _features ??= new TalkFeatures();
        features.Fill(TalkFeatures.Clean(body), _vocabulary);
        double sum = 0;
        foreach (var term in features.Terms)
        {
            sum += _weights[term] * features.ValueOf(term, _idf);
        }

        return Sigmoid(Bias + (sum / features.Norm(_idf)));
    }

    public override double Score(ReadOnlySpan<byte> utf8Body) => Score(Encoding.UTF8.GetString(utf8Body));

    /// <summary>
    /// Which stretches of the original text pushed the score, and how far. A term's contribution is shared out evenly among its
    /// occurrences and their tokens; tokens that belong to no term have no span.
    /// </summary>
    public override Explanation Explain(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var clean = TalkFeatures.CleanWithOrigins(body);
        var features = _features ??= new TalkFeatures();
        features.Fill(clean.Text, _vocabulary);
        var norm = features.Norm(_idf);
        var tokens = features.Tokenizer.Tokens;
        var byToken = new double?[tokens.Length];
        foreach (var occurrence in features.Occurrences)
        {
            var contribution = _weights[occurrence.Term] * features.ValueOf(occurrence.Term, _idf) / norm;
            var share = contribution / features.CountOf(occurrence.Term) / occurrence.Tokens;
            for (var t = occurrence.FirstToken; t < occurrence.FirstToken + occurrence.Tokens; t++)
            {
                byToken[t] = byToken[t].GetValueOrDefault() + share;
            }
        }

        var spans = new List<SpanContribution>();
        var logit = Bias;
        for (var t = 0; t < tokens.Length; t++)
        {
            if (byToken[t] is { } pushed)
            {
                var start = clean.Origins[tokens[t].Start].Start;
                spans.Add(new SpanContribution(start, clean.Origins[tokens[t].End - 1].End - start, pushed));
                logit += pushed;
            }
        }

        return new Explanation(Sigmoid(logit), spans, [new TermContribution("intercept", Bias)]);
    }

    internal override void WriteParameters(BinaryWriter writer)
    {
        var terms = Encoding.UTF8.GetBytes(string.Join(TermEnd, _vocabulary.Terms));
        writer.Write((float)Bias);
        writer.Write(_vocabulary.Count);
        writer.Write(terms.Length);
        writer.Write(terms);
        writer.Write(MemoryMarshal.AsBytes(_idf.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_weights.AsSpan()));
    }

    /// <exception cref="ArgumentException">The parts do not fit together.</exception>
    internal static TalkScorer ReadParameters(BinaryReader reader)
    {
        var bias = reader.ReadSingle();
        var count = reader.ReadInt32();
        var length = reader.ReadInt32();
        if (count < 1 || length < 1 || length > reader.BaseStream.Length - reader.BaseStream.Position)
        {
            throw new ArgumentException("The terms do not fit.", nameof(reader));
        }

        var bytes = new byte[length];
        reader.BaseStream.ReadExactly(bytes);
        var terms = Encoding.UTF8.GetString(bytes).Split(TermEnd);
        if (terms.Length != count)
        {
            throw new ArgumentException("The terms do not fit.", nameof(reader));
        }

        var idf = new float[count];
        var weights = new float[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(idf.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));
        const float Largest = 1e9f;
        return idf.Concat(weights).Append(bias).All(number => Math.Abs(number) <= Largest)
            ? new TalkScorer(terms, idf, weights, bias)
            : throw new ArgumentException("The numbers do not fit.", nameof(reader));
    }
}
