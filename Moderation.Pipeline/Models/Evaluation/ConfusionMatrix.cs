namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>How often each kind of right and wrong happened at the threshold.</summary>
public sealed record ConfusionMatrix(int Tp, int Fp, int Tn, int Fn);
