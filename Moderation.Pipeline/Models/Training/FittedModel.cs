namespace Moderation.Pipeline.Models.Training;

/// <summary>What a recipe made.</summary>
/// <param name="Settings">The recipe's settings by name, for the card.</param>
/// <param name="OutOfFold">
/// For each training row the probability from a model that had not seen it, calibrated like the scorer; null when the
/// recipe does not cross-validate.
/// </param>
internal sealed record FittedModel(Scorer Scorer, IReadOnlyDictionary<string, string> Settings, double[]? OutOfFold);
