using System.Globalization;

using Moderation.Pipeline.Models.Evaluation;
using Moderation.Pipeline.Models.Hashed.Training;

namespace Moderation.Pipeline.Models.Training;

/// <summary>Trains a scorer from labelled comments and measures it on comments it has not seen.</summary>
/// <remarks>Only the text is a feature. The same rows in any order give the same model.</remarks>
public sealed class ModelTrainer(TimeProvider time)
{
    /// <summary>Name of the recipe, kept in the model card.</summary>
    public const string DefaultRecipe = HashedRecipe.RecipeName;

    /// <summary>Fewest rows of each label that a model can be trained from.</summary>
    public const int FewestRowsOfALabel = 5;

    /// <summary>Share of the rows held out for the metrics when no test rows are given.</summary>
    private const double HeldOutShare = 0.2;

    /// <summary>The recipes that <see cref="Train"/> can be given.</summary>
    public static IReadOnlyList<string> RecipeNames => Recipes.Names;

    /// <summary>Trains a model and measures it on rows it has not seen.</summary>
    /// <param name="rows">Training rows; exact duplicates (after normalisation) count once, moderators' notices not at all.</param>
    /// <param name="testRows">Rows to measure on; when null a fifth of <paramref name="rows"/> is held out, by text.</param>
    /// <param name="recipe">One of <see cref="RecipeNames"/>.</param>
    /// <exception cref="TrainingException">There is too little to learn from.</exception>
    public TrainedModel Train(
        IReadOnlyCollection<LabelledComment> rows,
        IReadOnlyCollection<LabelledComment>? testRows,
        string trainedOn,
        Action<TrainingProgress>? progress,
        CancellationToken cancellationToken,
        string recipe = DefaultRecipe) =>
        Train(
            Recipes.Find(recipe) ?? throw new ArgumentException($"There is no recipe '{recipe}'.", nameof(recipe)),
            rows, testRows, trainedOn, progress, cancellationToken);

    internal TrainedModel Train(
        IRecipe recipe,
        IReadOnlyCollection<LabelledComment> rows,
        IReadOnlyCollection<LabelledComment>? testRows,
        string trainedOn,
        Action<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var started = time.GetTimestamp();
        progress?.Invoke(new TrainingProgress("Reading texts", 0));
        var split = TrainingSplit.Of(rows, testRows, HeldOutShare);
        RequireBothLabels(split.Fit);
        var fitted = recipe.Fit(split.Fit, progress, cancellationToken);
        progress?.Invoke(new TrainingProgress("Measuring", 0.95));
        var outOfFold = fitted.OutOfFold;
        var card = new ModelCard
        {
            Recipe = recipe.Name,
            TrainedOn = trainedOn,
            TrainedAt = time.GetUtcNow(),
            TrainRows = split.Fit.Count,
            TestRows = split.Test.Count,
            DroppedRows = split.Notices + split.Duplicates + split.Shared,
            NoticeRows = split.Notices,
            DuplicateRows = split.Duplicates,
            SharedRows = split.Shared,
            RemovedShare = split.Fit.Count(row => row.Removed) / (double)split.Fit.Count,
            DataFingerprint = Training.DataFingerprint.Of(split.Fit),
            TestFingerprint = split.Test.Count == 0 ? null : Training.DataFingerprint.Of([.. split.Test.OrderBy(row => row.Hash).ThenBy(row => row.Removed)]),
            Settings = fitted.Settings,
            Metrics = Measure(fitted.Scorer, split.Test),
            CrossValidation = outOfFold is null ? null : ModelEvaluator.Evaluate(outOfFold, Flagging.ThresholdOptions.TalkThreshold),
            SuggestedThreshold = outOfFold is null ? null : ThresholdSuggestion.Of(outOfFold),
            Seconds = 0,
        };
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Invoke(new TrainingProgress("Done", 1));
        return new TrainedModel(fitted.Scorer, card with { Seconds = time.GetElapsedTime(started).TotalSeconds });
    }

    private static EvaluationMetrics? Measure(Scorer scorer, IReadOnlyList<TrainingText> test) =>
        test.Count == 0
            ? null
            : ModelEvaluator.Evaluate(
                [.. test.Select(row => new ScoredLabel(scorer.Score(row.Body), row.Removed))], Flagging.ThresholdOptions.TalkThreshold);

    private static void RequireBothLabels(IReadOnlyList<TrainingText> rows)
    {
        var removed = rows.Count(row => row.Removed);
        var kept = rows.Count - removed;
        if (removed < FewestRowsOfALabel || kept < FewestRowsOfALabel)
        {
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture,
                $"There is too little to learn from: {removed:N0} removed and {kept:N0} kept distinct texts to train on (after holding some out to measure with); at least {FewestRowsOfALabel} of each are needed."));
        }
    }
}
