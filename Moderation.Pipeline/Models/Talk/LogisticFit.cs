using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Moderation.Pipeline.Models.Talk;

/// <summary>Fits a logistic regression as scikit-learn's LogisticRegression(C, penalty="l2") does.</summary>
/// <remarks>
/// Minimises ½‖w‖² + C · Σ log-loss, the intercept not penalised. Microsoft.ML minimises λ·½‖w‖² + Σ log-loss, its loss summed
/// over the rows and its bias not penalised either, so that λ = 1 / C.
/// </remarks>
internal static class LogisticFit
{
    /// <returns>One weight for each column, and the intercept.</returns>
    public static (float[] Weights, float Bias) Fit(
        IReadOnlyList<SparseRow> rows, int columns, double c, Action? iterated, CancellationToken cancellationToken)
    {
        var ml = new MLContext(seed: 1);
        if (iterated is not null)
        {
            // The trainer tells of its iterations only through the log.
            ml.Log += (_, _) => iterated();
        }

        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns);
        var data = ml.Data.LoadFromEnumerable(Examples(rows, columns, cancellationToken), schema);
        var trainer = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = nameof(Example.Label),
            FeatureColumnName = nameof(Example.Features),
            L1Regularization = 0,
            L2Regularization = (float)(1 / c),
            NumberOfThreads = 1,

            // Microsoft.ML sums in single precision; at its own 1e-7 it stops with weights 0.006 off, at this with 0.0005.
            OptimizationTolerance = 1e-9f,
            MaximumNumberOfIterations = 1000,
        });
        var model = (LinearBinaryModelParameters)trainer.Fit(data).Model.SubModel;
        return ([.. model.Weights], model.Bias);
    }

    private static IEnumerable<Example> Examples(IReadOnlyList<SparseRow> rows, int columns, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new Example
            {
                Features = new VBuffer<float>(columns, row.Columns.Length, row.Values, row.Columns),
                Label = row.Label,
            };
        }
    }

    private sealed class Example
    {
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }
    }
}
