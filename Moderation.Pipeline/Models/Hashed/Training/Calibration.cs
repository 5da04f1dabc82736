using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;

namespace Moderation.Pipeline.Models.Hashed.Training;

/// <summary>Turns logits into honest probabilities: p = 1 / (1 + exp(−(slope · z + offset))) (Platt, 1999).</summary>
internal readonly record struct Calibration(double Slope, double Offset)
{
    /// <summary>Fitted by Microsoft.ML on logits of texts that the model had not seen.</summary>
    public static Calibration Fit(double[] logits, IReadOnlyList<SparseText> texts)
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(logits.Select((logit, i) => new Row { Score = (float)logit, Label = texts[i].Removed }));
        ISingleFeaturePredictionTransformer<PlattCalibrator> transformer =
            ml.BinaryClassification.Calibrators.Platt(nameof(Row.Label), nameof(Row.Score)).Fit(rows);
        var fitted = transformer.Model;

        // Its exponent has the other sign. Scores that point the wrong way say nothing about a text: then every text has
        // the share removed (with one more of each, so that it is never certain).
        var removed = texts.Count(text => text.Removed);
        return fitted.Slope < 0
            ? new Calibration(-fitted.Slope, -fitted.Offset)
            : new Calibration(0, Math.Log((removed + 1.0) / (texts.Count - removed + 1)));
    }

    public double Probability(double logit) => Scorer.Sigmoid((Slope * logit) + Offset);

    /// <summary>For each text −ln(probability of what happened), in nats.</summary>
    public double[] Losses(double[] logits, IReadOnlyList<SparseText> texts)
    {
        var losses = new double[logits.Length];
        for (var i = 0; i < logits.Length; i++)
        {
            var z = (Slope * logits[i]) + Offset;
            var wrong = texts[i].Removed ? -z : z;
            losses[i] = Math.Max(0, wrong) + Math.Log(1 + Math.Exp(-Math.Abs(wrong)));
        }

        return losses;
    }

    private sealed class Row
    {
        public float Score { get; set; }

        public bool Label { get; set; }
    }
}
