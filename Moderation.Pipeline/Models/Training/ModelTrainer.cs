using System.Globalization;

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

using Moderation.Pipeline.Models.Evaluation;
using Moderation.Pipeline.Models.Hashed;
using Moderation.Pipeline.Text;

namespace Moderation.Pipeline.Models.Training;

/// <summary>Trains a scorer from labelled comments with Microsoft.ML's L-BFGS logistic regression.</summary>
/// <remarks>Only the text is a feature. The same rows in any order give the same model.</remarks>
public sealed class ModelTrainer(TimeProvider time)
{
    /// <summary>Name of the recipe, kept in the model card.</summary>
    public const string DefaultRecipe = "default";

    /// <summary>Fewest rows of each label that a model can be trained from.</summary>
    public const int FewestRowsOfALabel = 5;

    /// <summary>Share of the rows held out for the metrics when no test rows are given.</summary>
    private const double HeldOutShare = 0.2;

    /// <summary>
    /// Weight of the squared weights in the loss, which is summed over the rows. Chosen on training rows held out of the
    /// sample (log-loss 0.51 at 1, 0.46 at 0.25, 0.45 at 0.1) and of the r/science set (0.514, 0.517, 0.543).
    /// </summary>
    private const float L2 = 0.3f;

    private static readonly TimeSpan _reportInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Trains a model and measures it on rows it has not seen.</summary>
    /// <param name="rows">Training rows; exact duplicates (after normalisation) count once.</param>
    /// <param name="testRows">Rows to measure on; when null a fifth of <paramref name="rows"/> is held out, by text.</param>
    /// <exception cref="TrainingException">There is too little to learn from.</exception>
    public TrainedModel Train(
        IReadOnlyCollection<LabelledComment> rows,
        IReadOnlyCollection<LabelledComment>? testRows,
        string trainedOn,
        Action<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var started = time.GetTimestamp();
        progress?.Invoke(new TrainingProgress("Reading texts", 0));
        var canonical = Canonicalise(rows);
        var fit = canonical;
        List<HashedComment> test;
        if (testRows is null)
        {
            fit = canonical.FindAll(row => !IsHeldOut(row.Hash));
            test = canonical.FindAll(row => IsHeldOut(row.Hash));
        }
        else
        {
            test = [.. testRows.Select(row => new HashedComment(TextHash.Of(row.Body), row))];
            var seen = test.Select(row => row.Hash).ToHashSet();
            fit = canonical.FindAll(row => !seen.Contains(row.Hash));
        }

        RequireBothLabels(fit);
        var scorer = Fit(fit, progress, cancellationToken);
        progress?.Invoke(new TrainingProgress("Measuring", 0.95));
        var metrics = test.Count == 0
            ? null
            : ModelEvaluator.Evaluate(
                [.. test.Select(row => new ScoredLabel(scorer.Score(row.Comment.Body), row.Comment.Removed))],
                Flagging.ThresholdOptions.TalkThreshold);
        progress?.Invoke(new TrainingProgress("Done", 1));
        return new TrainedModel(scorer, new ModelCard
        {
            Recipe = DefaultRecipe,
            TrainedOn = trainedOn,
            TrainedAt = time.GetUtcNow(),
            TrainRows = fit.Count,
            TestRows = test.Count,
            DroppedRows = rows.Count - canonical.Count + (testRows is null ? 0 : canonical.Count - fit.Count),
            RemovedShare = fit.Count(row => row.Comment.Removed) / (double)fit.Count,
            DataFingerprint = Fingerprint(fit),
            Seconds = time.GetElapsedTime(started).TotalSeconds,
            Metrics = metrics,
        });
    }

    /// <summary>One row for each text, in the order of their hashes, so that the order of the input cannot matter.</summary>
    private static List<HashedComment> Canonicalise(IReadOnlyCollection<LabelledComment> rows)
    {
        // Rows with the same text and different labels collapse into the first by label; the data's noise is no secret.
        var hashed = rows.Select(row => new HashedComment(TextHash.Of(row.Body), row)).ToList();
        hashed.Sort(static (a, b) =>
        {
            var byHash = a.Hash.CompareTo(b.Hash);
            if (byHash != 0)
            {
                return byHash;
            }

            var byLabel = a.Comment.Removed.CompareTo(b.Comment.Removed);
            return byLabel != 0 ? byLabel : string.CompareOrdinal(a.Comment.Body, b.Comment.Body);
        });
        var distinct = new List<HashedComment>(hashed.Count);
        foreach (var row in hashed)
        {
            if (distinct.Count == 0 || distinct[^1].Hash != row.Hash)
            {
                distinct.Add(row);
            }
        }

        return distinct;
    }

    private static bool IsHeldOut(UInt128 hash) => (double)(ulong)hash / ulong.MaxValue < HeldOutShare;

    private static void RequireBothLabels(List<HashedComment> rows)
    {
        var removed = rows.Count(row => row.Comment.Removed);
        var kept = rows.Count - removed;
        if (removed < FewestRowsOfALabel || kept < FewestRowsOfALabel)
        {
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture,
                $"There is too little to learn from: {removed:N0} removed and {kept:N0} kept distinct texts to train on (after holding some out to measure with); at least {FewestRowsOfALabel} of each are needed."));
        }
    }

    private HashedScorer Fit(List<HashedComment> rows, Action<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        // Only buckets that occur become columns: L-BFGS keeps dense vectors, and most buckets of a small set are empty.
        var columnOf = new Dictionary<int, int>();
        var scratch = new FeatureScratch();
        var sparse = new (int[] Buckets, float[] Values)[rows.Count];
        var lastReport = time.GetTimestamp();
        for (var r = 0; r < rows.Count; r++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            scratch.Fill(CommentCleaner.Clean(rows[r].Comment.Body));
            var buckets = scratch.Buckets.ToArray();
            Array.Sort(buckets);
            var norm = scratch.Norm();
            foreach (var bucket in buckets)
            {
                columnOf.TryAdd(bucket, 0);
            }

            sparse[r] = (buckets, Array.ConvertAll(buckets, bucket => scratch.ValueOf(bucket) / norm));
            if (time.GetElapsedTime(lastReport) > _reportInterval)
            {
                lastReport = time.GetTimestamp();
                progress?.Invoke(new TrainingProgress("Reading texts", 0.3 * r / rows.Count));
            }
        }

        if (columnOf.Count == 0)
        {
            throw new TrainingException("There is too little to learn from: none of the texts holds a word or a symbol.");
        }

        var bucketOf = columnOf.Keys.Order().ToArray();
        for (var column = 0; column < bucketOf.Length; column++)
        {
            columnOf[bucketOf[column]] = column;
        }

        var examples = new Example[rows.Count];
        for (var r = 0; r < rows.Count; r++)
        {
            var columns = Array.ConvertAll(sparse[r].Buckets, bucket => columnOf[bucket]);
            examples[r] = new Example
            {
                Features = new VBuffer<float>(bucketOf.Length, columns.Length, sparse[r].Values, columns),
                Label = rows[r].Comment.Removed,
            };
        }

        progress?.Invoke(new TrainingProgress("Fitting weights", 0.3));
        var parameters = FitLinear(examples, bucketOf.Length, progress, cancellationToken);
        var weights = new float[FeatureHasher.Buckets];
        for (var column = 0; column < bucketOf.Length; column++)
        {
            weights[bucketOf[column]] = parameters.Weights[column];
        }

        return new HashedScorer(weights, parameters.Bias);
    }

    private static LinearBinaryModelParameters FitLinear(
        Example[] examples, int columns, Action<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var ml = new MLContext(seed: 1);
        if (progress is not null)
        {
            // The trainer tells of its iterations only through the log.
            var iterations = 0;
            ml.Log += (_, _) =>
                progress(new TrainingProgress("Fitting weights", 0.3 + (0.6 * (1 - Math.Exp(-(++iterations) / 60.0)))));
        }

        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns);
        var data = ml.Data.LoadFromEnumerable(Cancellable(examples, cancellationToken), schema);
        var trainer = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = nameof(Example.Label),
            FeatureColumnName = nameof(Example.Features),
            L1Regularization = 0,
            L2Regularization = L2,
            NumberOfThreads = 1,
            OptimizationTolerance = 1e-5f,
            MaximumNumberOfIterations = 200,
        });
        return (LinearBinaryModelParameters)trainer.Fit(data).Model.SubModel;
    }

    private static IEnumerable<Example> Cancellable(Example[] examples, CancellationToken cancellationToken)
    {
        foreach (var example in examples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return example;
        }
    }

    private static string Fingerprint(List<HashedComment> rows)
    {
        using var sha = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        Span<byte> buffer = stackalloc byte[17];
        foreach (var row in rows)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128LittleEndian(buffer, row.Hash);
            buffer[16] = row.Comment.Removed ? (byte)1 : (byte)0;
            sha.AppendData(buffer);
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset())[..16];
    }

    private readonly record struct HashedComment(UInt128 Hash, LabelledComment Comment);

    private sealed class Example
    {
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }
    }
}
