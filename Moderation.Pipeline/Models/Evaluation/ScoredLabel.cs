namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>A probability (0 to 1) and what moderators did.</summary>
public readonly record struct ScoredLabel(double Probability, bool Removed);
