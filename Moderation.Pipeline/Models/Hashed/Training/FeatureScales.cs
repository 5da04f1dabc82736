namespace Moderation.Pipeline.Models.Hashed.Training;

/// <summary>
/// How large each feature is made before the weights are fitted: the larger, the cheaper its weight under the L2 penalty.
/// Fitted on the same rows as the weights and on no others.
/// </summary>
/// <remarks>
/// Scale = ½·√((contrast · r)² + (0.3 · idf)²), where r is the naive-Bayes log-count ratio of presence (Wang and Manning,
/// 2012, add-one smoothing) and idf = ln((1 + n) / (1 + df)) + 1. Fitting both copies of a feature, one scaled by r and one
/// by idf, under one ridge penalty is the same model as fitting one with this scale.
/// </remarks>
internal sealed class FeatureScales
{
    private const double Rarity = 0.3;
    private const double Overall = 0.5;
    private const double StyleScale = 0.3;

    /// <summary>Fewest texts that must have a feature.</summary>
    private const int FewestTexts = 2;

    private readonly int[] _columnOf = new int[FeatureHash.Buckets];
    private readonly List<int> _buckets = [];
    private readonly List<double> _scales = [];
    private readonly double[] _styleMean = new double[TextStyle.Values];
    private readonly double[] _styleScale = new double[TextStyle.Values];

    public FeatureScales(IReadOnlyList<SparseText> texts, double contrast)
    {
        var removed = new int[FeatureHash.Buckets];
        var kept = new int[FeatureHash.Buckets];
        foreach (var text in texts)
        {
            var counts = text.Removed ? removed : kept;
            foreach (var bucket in text.Buckets)
            {
                counts[bucket]++;
            }
        }

        double removedSum = 0, keptSum = 0;
        for (var bucket = 0; bucket < FeatureHash.Buckets; bucket++)
        {
            _columnOf[bucket] = -1;
            if (removed[bucket] + kept[bucket] >= FewestTexts)
            {
                _columnOf[bucket] = _buckets.Count;
                _buckets.Add(bucket);
                removedSum += removed[bucket] + 1;
                keptSum += kept[bucket] + 1;
            }
        }

        foreach (var bucket in _buckets)
        {
            var ratio = Math.Log((removed[bucket] + 1) / removedSum) - Math.Log((kept[bucket] + 1) / keptSum);
            var idf = Math.Log((1.0 + texts.Count) / (1 + removed[bucket] + kept[bucket])) + 1;
            _scales.Add(Overall * Math.Sqrt((contrast * contrast * ratio * ratio) + (Rarity * Rarity * idf * idf)));
        }

        MeasureStyle(texts);
    }

    /// <summary>Columns of the matrix that is fitted: the style first, then the features that occur.</summary>
    public int Columns => TextStyle.Values + _buckets.Count;

    /// <summary>Writes a text as a sparse row.</summary>
    /// <returns>How many columns were written, ascending.</returns>
    public int Write(SparseText text, Span<int> columns, Span<float> values)
    {
        for (var i = 0; i < TextStyle.Values; i++)
        {
            columns[i] = i;
            values[i] = (float)((text.Style[i] - _styleMean[i]) * _styleScale[i]);
        }

        var count = TextStyle.Values;
        var norm = 1 / Math.Sqrt(text.Tokens);
        for (var i = 0; i < text.Buckets.Length; i++)
        {
            var column = _columnOf[text.Buckets[i]];
            if (column >= 0)
            {
                columns[count] = TextStyle.Values + column;
                values[count++] = (float)(text.Counts[i] * norm * _scales[column]);
            }
        }

        return count;
    }

    /// <summary>Turns fitted weights of columns into those of buckets and style values.</summary>
    public LinearModel Unscale(IReadOnlyList<float> columnWeights, double bias)
    {
        var weights = new double[FeatureHash.Buckets];
        var style = new double[TextStyle.Values];
        for (var i = 0; i < TextStyle.Values; i++)
        {
            style[i] = columnWeights[i] * _styleScale[i];
            bias -= style[i] * _styleMean[i];
        }

        for (var column = 0; column < _buckets.Count; column++)
        {
            weights[_buckets[column]] = columnWeights[TextStyle.Values + column] * _scales[column];
        }

        return new LinearModel(weights, style, bias);
    }

    private void MeasureStyle(IReadOnlyList<SparseText> texts)
    {
        for (var i = 0; i < TextStyle.Values; i++)
        {
            var mean = texts.Average(text => text.Style[i]);
            var deviation = Math.Sqrt(texts.Average(text => (text.Style[i] - mean) * (text.Style[i] - mean)));
            _styleMean[i] = mean;
            _styleScale[i] = deviation > 1e-9 ? StyleScale / deviation : 0;
        }
    }
}
