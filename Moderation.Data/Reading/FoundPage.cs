namespace Moderation.Data.Reading;

/// <summary>A page of what a search found.</summary>
/// <param name="BudgetSpent">The work that a page may cost was done before it was full; its cursor tells how far back it looked.</param>
/// <param name="Reason">Why nothing was searched for, in a sentence; null when it was.</param>
/// <param name="Behind">How many texts are stored and cannot be found yet.</param>
public sealed record FoundPage(CommentPage Page, bool BudgetSpent, string? Reason, long Behind);
