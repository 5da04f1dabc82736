using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Moderation.Pipeline.Models.Hashed.Training;

/// <summary>Fits weights with Microsoft.ML's L-BFGS logistic regression.</summary>
internal sealed class WeightFitter(CancellationToken cancellationToken)
{
    /// <summary>
    /// Always as many, on any machine: each thread sums its own rows, so another number would round differently.
    /// </summary>
    private const int Threads = 2;

    /// <summary>Where more iterations change the fourth digit of the log-loss no more.</summary>
    private const float Tolerance = 3e-5f;
    private const int MostIterations = 200;

    public CancellationToken CancellationToken => cancellationToken;

    /// <exception cref="OperationCanceledException">It was called off; a fit that has begun is finished first.</exception>
    public LinearModel Fit(IReadOnlyList<SparseText> texts, FitSettings settings)
    {
        var scales = new FeatureScales(texts, settings.Contrast);
        var ml = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, scales.Columns);
        var data = ml.Data.LoadFromEnumerable(Examples(texts, scales), schema);
        var trainer = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = nameof(Example.Label),
            FeatureColumnName = nameof(Example.Features),
            L1Regularization = 0,
            L2Regularization = settings.L2,
            NumberOfThreads = Threads,
            OptimizationTolerance = Tolerance,
            MaximumNumberOfIterations = MostIterations,
        });
        var fitted = (LinearBinaryModelParameters)trainer.Fit(data).Model.SubModel;
        cancellationToken.ThrowIfCancellationRequested();
        return scales.Unscale(fitted.Weights, fitted.Bias);
    }

    private IEnumerable<Example> Examples(IReadOnlyList<SparseText> texts, FeatureScales scales)
    {
        // Made as the trainer reads them: it keeps a copy of its own.
        foreach (var text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var columns = new int[TextStyle.Values + text.Buckets.Length];
            var values = new float[columns.Length];
            var count = scales.Write(text, columns, values);
            yield return new Example { Features = new VBuffer<float>(scales.Columns, count, values, columns), Label = text.Removed };
        }
    }

    private sealed class Example
    {
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }
    }
}
