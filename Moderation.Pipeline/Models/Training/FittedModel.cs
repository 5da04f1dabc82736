using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Pipeline.Models.Training;

/// <summary>What a recipe made.</summary>
/// <param name="Settings">The recipe's settings by name, for the card.</param>
/// <param name="OutOfFold">
/// Training rows, each with the probability from a model that had not seen it, calibrated like the scorer: all of them, or a
/// part when there are many; null when the recipe does not cross-validate.
/// </param>
internal sealed record FittedModel(Scorer Scorer, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<ScoredLabel>? OutOfFold);
