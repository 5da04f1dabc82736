namespace Moderation.Pipeline.Models.Hashed.Training;

/// <summary>Fitted weights before they are rounded.</summary>
/// <param name="Weights">For each bucket, in logits per count / √tokens.</param>
/// <param name="Style">For each style value, in logits per unit.</param>
internal sealed record LinearModel(double[] Weights, double[] Style, double Bias)
{
    /// <summary>The logit of a text.</summary>
    public double Logit(SparseText text)
    {
        if (text.Buckets.Length == 0)
        {
            return Bias;
        }

        var sum = 0.0;
        for (var i = 0; i < text.Buckets.Length; i++)
        {
            sum += Weights[text.Buckets[i]] * text.Counts[i];
        }

        var logit = Bias + (sum / Math.Sqrt(text.Tokens));
        for (var i = 0; i < Style.Length; i++)
        {
            logit += Style[i] * text.Style[i];
        }

        return logit;
    }

    /// <summary>Rounds the weights to whole numbers of one unit, the largest of them to 32,767.</summary>
    public HashedParameters Round(Calibration calibration, WordList list, IReadOnlyList<byte[]> frequentWords)
    {
        var largest = Math.Max(1e-12, Weights.Max(Math.Abs));
        var scale = largest / short.MaxValue;
        return new HashedParameters
        {
            Weights = Array.ConvertAll(Weights, weight => (short)Math.Round(weight / scale)),
            Scale = scale,
            Bias = Bias,
            Style = Style,
            Slope = calibration.Slope,
            Offset = calibration.Offset,
            ListedWords = list.Words,
            FrequentWords = frequentWords,
        };
    }
}
