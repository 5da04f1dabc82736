using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Text;

using Moderation.Pipeline.Models.Training;

namespace Moderation.Benchmarks.Baselines;

/// <summary>
/// The nearest thing to the default recipe that can be built from Microsoft.ML's own parts: words and word pairs, and
/// characters by three, four and five, each hashed to 18 bits, unit length, logistic regression by L-BFGS.
/// </summary>
/// <remarks>
/// One transform for each length of characters is faster (11,700 texts a second against 9,400) than one for all up to five, which
/// has to count single characters and pairs, too.
/// </remarks>
internal sealed class HashedNgrams
{
    /// <summary>How results name it.</summary>
    public const string Name = "Microsoft.ML PredictionEngine over hashed n-grams";

    private const int Bits = 18;
    private const float L2 = 0.3f;
    private const string Features = "Features";
    private const string Words = "Words";
    private const string Characters = "Characters";

    private readonly MLContext _ml;
    private readonly IDataView _rows;
    private readonly ITransformer _features;
    private readonly BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>> _model;

    private HashedNgrams(
        MLContext ml,
        IDataView rows,
        ITransformer features,
        BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>> model)
    {
        _ml = ml;
        _rows = rows;
        _features = features;
        _model = model;
    }

    public static HashedNgrams Train(IReadOnlyList<LabelledComment> comments, CancellationToken stop)
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(comments.Select(comment =>
        {
            stop.ThrowIfCancellationRequested();
            return new TextInput { Text = comment.Body, Label = comment.Removed };
        }));
        var features = FeaturesOf(ml).Fit(rows);
        var model = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(
            nameof(TextInput.Label), Features, l1Regularization: 0, l2Regularization: L2).Fit(features.Transform(rows));
        return new HashedNgrams(ml, rows, features, model);
    }

    /// <summary>Scores on one thread; each needs an engine of its own.</summary>
    public PredictionEngine<TextInput, TextOutput> Engine() =>
        _ml.Model.CreatePredictionEngine<TextInput, TextOutput>(_features.Append(_model));

    /// <summary>Also says what the features added, as hashed slots: which words they stand for is lost.</summary>
    public PredictionEngine<TextInput, ExplainedOutput> ExplainingEngine()
    {
        var contributions = _ml.Transforms.CalculateFeatureContribution(_model, normalize: false);
        var scored = _model.Transform(_features.Transform(_rows));
        return _ml.Model.CreatePredictionEngine<TextInput, ExplainedOutput>(_features.Append(_model).Append(contributions.Fit(scored)));
    }

    private static EstimatorChain<LpNormNormalizingTransformer> FeaturesOf(MLContext ml)
    {
        var text = ml.Transforms.Text;
        return text.NormalizeText(Characters, nameof(TextInput.Text), TextNormalizingEstimator.CaseMode.Lower)
            .Append(text.TokenizeIntoWords(Words, Characters))
            .Append(ml.Transforms.Conversion.Hash(Words, Words))
            .Append(text.ProduceHashedNgrams(Words, Words, numberOfBits: Bits, ngramLength: 2))
            .Append(text.TokenizeIntoCharactersAsKeys(Characters, Characters))
            .Append(text.ProduceHashedNgrams("Three", Characters, numberOfBits: Bits, ngramLength: 3, useAllLengths: false))
            .Append(text.ProduceHashedNgrams("Four", Characters, numberOfBits: Bits, ngramLength: 4, useAllLengths: false))
            .Append(text.ProduceHashedNgrams("Five", Characters, numberOfBits: Bits, ngramLength: 5, useAllLengths: false))
            .Append(ml.Transforms.Concatenate(Features, Words, "Three", "Four", "Five"))
            .Append(ml.Transforms.NormalizeLpNorm(Features, Features));
    }
}
