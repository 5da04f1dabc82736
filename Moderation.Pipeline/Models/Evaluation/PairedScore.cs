namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>What two models say of one comment (0 to 1 each), and what moderators did.</summary>
public readonly record struct PairedScore(double A, double B, bool Removed);
