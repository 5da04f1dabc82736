namespace Moderation.Pipeline.Models.Training;

/// <summary>How far a training has come.</summary>
/// <param name="Stage">What is being done, in words for a person.</param>
/// <param name="Fraction">0 to 1 over the whole training.</param>
public readonly record struct TrainingProgress(string Stage, double Fraction);
