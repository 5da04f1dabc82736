using System.Runtime.InteropServices;
using System.Text;

using Moderation.Pipeline.Text;

namespace Moderation.Pipeline.Models.Hashed;

/// <summary>The scorer of the default recipe: a calibrated linear model over hashed words, word pairs and n-grams.</summary>
public sealed class HashedScorer : Scorer
{
    private readonly HashedParameters _parameters;
    private readonly WordList _list;
    private readonly Lexicon _lexicon;
    private readonly double _scale;
    private readonly double[] _style;

    // Logarithms and roots of the usual lengths, computed once.
    private readonly (double Factor, double Term)[] _lengths;

    internal HashedScorer(HashedParameters parameters)
    {
        if (parameters.Weights.Length != FeatureHash.Buckets || parameters.Style.Length != TextStyle.Values)
        {
            throw new ArgumentException(
                $"A model has {FeatureHash.Buckets} weights and {TextStyle.Values} of style, not {parameters.Weights.Length} and {parameters.Style.Length}.",
                nameof(parameters));
        }

        _parameters = parameters;
        _list = new WordList(parameters.ListedWords);
        _lexicon = new Lexicon(_list, parameters.FrequentWords, parameters.Weights);
        _scale = parameters.Slope * parameters.Scale;
        _style = Array.ConvertAll(parameters.Style, weight => parameters.Slope * weight);
        _lengths = [.. Enumerable.Range(0, 512).Select(LengthOf)];
        Bias = (parameters.Slope * parameters.Bias) + parameters.Offset;
        RequireNumbers();
        WarmUp();
    }

    /// <summary>The logit of a text without any feature, calibrated.</summary>
    public override double Bias { get; }

    internal const string KindName = "hashed";

    internal override string Kind => KindName;

    internal HashedParameters Parameters => _parameters;

    public override double Score(ReadOnlySpan<char> body)
    {
        var buffer = TextBuffer.ForThread;
        buffer.Load(body);
        return Sigmoid(Logit(buffer));
    }

    public override double Score(ReadOnlySpan<byte> utf8Body)
    {
        var buffer = TextBuffer.ForThread;
        buffer.Load(utf8Body);
        return Sigmoid(Logit(buffer));
    }

    public override Explanation Explain(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var clean = CommentCleaner.CleanWithOrigins(body);
        var buffer = TextBuffer.ForThread;
        buffer.LoadClean(clean.Text);
        var tokens = new List<ContributionSink.Token>();
        var sink = new ContributionSink(_parameters.Weights, _list, tokens);
        var style = TextWalker.Walk(buffer.Padded, buffer.Length, ref sink);
        var factor = _scale / Math.Sqrt(Math.Max(1, style.Tokens));

        var positions = new CharacterPositions(clean.Text);
        var spans = new List<SpanContribution>(tokens.Count);
        var logit = Bias;
        foreach (var token in tokens)
        {
            var start = clean.Origins[positions.Of(token.Start)].Start;
            var end = clean.Origins[positions.Of(token.End) - 1].End;
            spans.Add(new SpanContribution(start, end - start, factor * token.Sum));
            logit += factor * token.Sum;
        }

        var terms = StyleTerms(style);
        return new Explanation(Sigmoid(logit + terms.Skip(1).Sum(term => term.Contribution)), spans, terms);
    }

    internal override void WriteParameters(BinaryWriter writer)
    {
        writer.Write(_parameters.Scale);
        writer.Write(_parameters.Bias);
        writer.Write(_parameters.Slope);
        writer.Write(_parameters.Offset);
        writer.Write(MemoryMarshal.AsBytes<double>(_parameters.Style));
        writer.Write(MemoryMarshal.AsBytes<short>(_parameters.Weights));
        WriteWords(writer, _parameters.ListedWords);
        WriteWords(writer, _parameters.FrequentWords);
    }

    /// <exception cref="FormatException">The numbers cannot be those of a model.</exception>
    internal static HashedScorer ReadParameters(BinaryReader reader)
    {
        var (scale, bias, slope, offset) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        var style = new double[TextStyle.Values];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(style.AsSpan()));
        var weights = new short[FeatureHash.Buckets];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));
        if (!style.Append(scale).Append(bias).Append(slope).Append(offset).All(double.IsFinite))
        {
            throw new FormatException("its parameters do not fit.");
        }

        return new HashedScorer(new HashedParameters
        {
            Weights = weights, Scale = scale, Bias = bias, Style = style, Slope = slope, Offset = offset,
            ListedWords = ReadWords(reader), FrequentWords = ReadWords(reader),
        });
    }

    private static void WriteWords(BinaryWriter writer, IReadOnlyList<byte[]> words)
    {
        writer.Write(words.Count);
        foreach (var word in words)
        {
            writer.Write((byte)word.Length);
            writer.Write(word);
        }
    }

    private static byte[][] ReadWords(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        if (count is < 0 or > Lexicon.MostWords)
        {
            throw new FormatException("its parameters do not fit.");
        }

        var words = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            words[i] = reader.ReadBytes(reader.ReadByte());
            if (words[i].Length is 0 or > PackedWord.MostLetters || words[i].Contains((byte)0))
            {
                throw new FormatException("its parameters do not fit.");
            }
        }

        return words;
    }

    /// <summary>Products of numbers that are none, or too large, would make scores that are none.</summary>
    private void RequireNumbers()
    {
        const double Largest = 1e9;
        if (!_style.Append(_scale).Append(Bias).All(number => Math.Abs(number) <= Largest))
        {
            throw new ArgumentException("A model's numbers are at most a thousand million.");
        }
    }

    /// <summary>
    /// Takes what the first calls cost upon loading: the walk is compiled, and what is around it has been called often
    /// enough to be compiled anew in the background.
    /// </summary>
    private void WarmUp()
    {
        const int Calls = 40;
        const string Everything = "It’s a warm-up &amp; [nothing](http://a.example) more, <U+1F600> 😀 — seventeen_letters!!";
        var utf8 = Encoding.UTF8.GetBytes(Everything);
        for (var call = 0; call < Calls; call++)
        {
            Score(Everything);
            Score(utf8);
        }
    }

    private double Logit(TextBuffer buffer)
    {
        var sink = new ScoreSink(_parameters.Weights, _lexicon);
        var style = TextWalker.Walk(buffer.Padded, buffer.Length, ref sink);
        if (style.Tokens == 0)
        {
            return Bias;
        }

        var length = style.Tokens < _lengths.Length ? _lengths[style.Tokens] : LengthOf(style.Tokens);
        var logit = Bias + (sink.Sum * length.Factor) + length.Term;
        Span<double> values = stackalloc double[TextStyle.Values];
        style.CopyRest(values);
        for (var i = TextStyle.LengthValues; i < values.Length; i++)
        {
            logit += _style[i] * values[i];
        }

        return logit;
    }

    /// <summary>What depends on the number of tokens alone: the factor of the sum, and the length's own term.</summary>
    private (double Factor, double Term) LengthOf(int tokens)
    {
        Span<double> values = stackalloc double[TextStyle.LengthValues];
        TextStyle.CopyLength(tokens, values);
        var term = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            term += _style[i] * values[i];
        }

        return (_scale / Math.Sqrt(Math.Max(1, tokens)), term);
    }

    private List<TermContribution> StyleTerms(TextStyle style)
    {
        List<TermContribution> terms = [new TermContribution("intercept", Bias)];
        if (style.Tokens == 0)
        {
            return terms;
        }

        Span<double> values = stackalloc double[TextStyle.Values];
        style.CopyTo(values);
        var length = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var contribution = _style[i] * values[i];
            if (i < TextStyle.LengthValues)
            {
                length += contribution;
            }
            else
            {
                terms.Add(new TermContribution(TextStyle.Names[i - TextStyle.LengthValues + 1], contribution));
            }
        }

        terms.Insert(1, new TermContribution(TextStyle.Names[0], length));
        return terms;
    }
}
