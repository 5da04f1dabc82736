namespace Moderation.Pipeline.Models;

/// <summary>A stretch of the original text and how far it pushed the score.</summary>
/// <param name="Start">Index in the original text, in UTF-16 units.</param>
/// <param name="Length">Length in UTF-16 units.</param>
/// <param name="Contribution">In logits; positive pushes towards removal.</param>
public readonly record struct SpanContribution(int Start, int Length, double Contribution);

/// <summary>What no stretch of the text accounts for alone: the intercept, the length, the style.</summary>
/// <param name="Name">For people: "intercept", "length".</param>
/// <param name="Contribution">In logits; positive pushes towards removal.</param>
public readonly record struct TermContribution(string Name, double Contribution);

/// <summary>Why a text got its score. Spans and terms together sum to the score's logit.</summary>
/// <param name="Probability">The score, 0 to 1.</param>
/// <param name="Spans">In text order, never overlapping.</param>
/// <param name="Terms">The terms without a span, the intercept first.</param>
public sealed record Explanation(
    double Probability, IReadOnlyList<SpanContribution> Spans, IReadOnlyList<TermContribution> Terms);
