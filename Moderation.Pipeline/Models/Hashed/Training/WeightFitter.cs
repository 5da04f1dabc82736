using Moderation.Pipeline.Models.Training;

namespace Moderation.Pipeline.Models.Hashed.Training;

/// <summary>Fits the weights of the default recipe.</summary>
internal sealed class WeightFitter(CancellationToken cancellationToken)
{
    private const int Threads = 2;

    /// <summary>Where more iterations change the fourth digit of the log-loss no more.</summary>
    private const float Tolerance = 3e-5f;

    private const int MostIterations = 200;

    public CancellationToken CancellationToken => cancellationToken;

    /// <exception cref="OperationCanceledException">It was called off; iterations that have begun are finished first.</exception>
    public LinearModel Fit(IReadOnlyList<SparseText> texts, FitSettings settings)
    {
        var scales = new FeatureScales(texts, settings.Contrast);
        var options = new LogisticRegressionOptions
        {
            L2 = settings.L2, Threads = Threads, Tolerance = Tolerance, MostIterations = MostIterations,
        };
        var (weights, bias) = LogisticRegression.Fit(
            texts.Select(text => Row(text, scales)), scales.Columns, options, iterated: null, cancellationToken);
        return scales.Unscale(weights, bias);
    }

    private static SparseRow Row(SparseText text, FeatureScales scales)
    {
        var columns = new int[TextStyle.Values + text.Buckets.Length];
        var values = new float[columns.Length];
        return new SparseRow(columns, values, text.Removed) { Count = scales.Write(text, columns, values) };
    }
}
