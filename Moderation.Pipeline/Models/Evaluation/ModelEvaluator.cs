namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>Measures probabilities against what moderators did.</summary>
public static class ModelEvaluator
{
    private const ulong Seed = 1;
    private const string CalibrationError = "ece";

    private static readonly (string Name, Func<EvaluationMetrics, double?> Of)[] _figures =
    [
        ("rocAuc", static m => m.RocAuc), ("prAuc", static m => m.PrAuc), ("logLoss", static m => m.LogLoss),
        ("brier", static m => m.Brier), (CalibrationError, static m => m.Ece), ("precision", static m => m.Precision),
        ("recall", static m => m.Recall), ("f1", static m => m.F1), ("accuracy", static m => m.Accuracy),
        ("tp", static m => m.Confusion.Tp), ("fp", static m => m.Confusion.Fp),
        ("tn", static m => m.Confusion.Tn), ("fn", static m => m.Confusion.Fn),
    ];

    /// <summary>
    /// All metrics with 95% percentile bootstrap intervals (Efron and Tibshirani, 1993; 400 resamples, fewer past 200,000
    /// rows, fixed seed). The rows' order and the number of cores change nothing.
    /// </summary>
    /// <param name="threshold">A comment is flagged when its probability is strictly greater.</param>
    public static EvaluationMetrics Evaluate(IReadOnlyList<ScoredLabel> rows, double threshold)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var sorted = new SortedScores(rows, threshold);
        var once = new int[sorted.Count];
        Array.Fill(once, 1);
        var point = sorted.Measure(once);
        var resamples = Resampling.Measure(sorted.Count, Seed, weights => sorted.Measure(weights));
        var intervals = new Dictionary<string, Interval>();
        foreach (var (name, of) in _figures)
        {
            var values = resamples.Select(of).OfType<double>().ToArray();
            if (values.Length > 0 && of(point) is { } figure)
            {
                intervals[name] = name == CalibrationError ? WithoutBias(values, figure) : Interval.OfPercentiles(values);
            }
        }

        return point with { Intervals = intervals };
    }

    /// <summary>
    /// A resample adds noise, which the calibration error counts as error: its values lie too high by about their mean's
    /// distance from the figure, and on few rows the plain percentiles would leave the figure itself out.
    /// </summary>
    private static Interval WithoutBias(double[] values, double figure)
    {
        var bias = values.Average() - figure;
        var plain = Interval.OfPercentiles(values);
        return new Interval(Math.Max(0, plain.Low - bias), plain.High - bias);
    }
}
