using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Moderation.Pipeline.Models.Training;

/// <summary>Fits a logistic regression with Microsoft.ML's L-BFGS.</summary>
/// <remarks>Minimises λ·½‖w‖² + Σ log-loss over the rows; the intercept is not penalised.</remarks>
internal static class LogisticRegression
{
    /// <param name="rows">Read once; the trainer keeps a copy of its own.</param>
    /// <param name="iterated">Called once or more for each iteration.</param>
    /// <returns>One weight for each column, and the intercept.</returns>
    /// <exception cref="OperationCanceledException">It was called off; iterations that have begun are finished first.</exception>
    public static (float[] Weights, float Bias) Fit(
        IEnumerable<SparseRow> rows, int columns, LogisticRegressionOptions options, Action? iterated, CancellationToken cancellationToken)
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
            L2Regularization = options.L2,
            NumberOfThreads = options.Threads,
            OptimizationTolerance = options.Tolerance,
            MaximumNumberOfIterations = options.MostIterations,
        });
        var model = (LinearBinaryModelParameters)trainer.Fit(data).Model.SubModel;
        cancellationToken.ThrowIfCancellationRequested();
        return ([.. model.Weights], model.Bias);
    }

    private static IEnumerable<Example> Examples(IEnumerable<SparseRow> rows, int columns, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new Example
            {
                Features = new VBuffer<float>(columns, row.Count, row.Values, row.Columns),
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
