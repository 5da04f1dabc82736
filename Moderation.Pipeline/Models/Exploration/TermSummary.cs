namespace Moderation.Pipeline.Models.Exploration;

/// <summary>The words that tell removed from kept texts best, the strongest first.</summary>
public sealed record TermSummary(IReadOnlyList<TermWeight> Removed, IReadOnlyList<TermWeight> Kept);
