namespace Moderation.Data.Searching;

/// <summary>Comments that a search found.</summary>
/// <param name="Ids">Newest first.</param>
/// <param name="Next">The next page has the ids below this one; null when there is none.</param>
/// <param name="BudgetSpent">The work that a page may cost was done before it was full: <paramref name="Next"/> tells how far back it looked.</param>
/// <param name="Reason">Why nothing was searched for, in a sentence; null when it was.</param>
/// <param name="Behind">How many texts are stored and not indexed yet.</param>
public sealed record SearchPage(IReadOnlyList<long> Ids, long? Next, bool BudgetSpent, string? Reason, long Behind);
