namespace Moderation.Pipeline.Models;

/// <summary>A stretch of the original text and how far it pushed the score.</summary>
/// <param name="Start">Index in the original text, in UTF-16 units.</param>
/// <param name="Length">Length in UTF-16 units.</param>
/// <param name="Contribution">In logits; positive pushes towards removal.</param>
public readonly record struct SpanContribution(int Start, int Length, double Contribution);

/// <summary>Why a text got its score.</summary>
/// <param name="Probability">The score, 0 to 1.</param>
/// <param name="Intercept">The logit of a text without any feature.</param>
/// <param name="Spans">In text order, never overlapping; with the intercept they sum to the score's logit.</param>
public sealed record Explanation(double Probability, double Intercept, IReadOnlyList<SpanContribution> Spans);
