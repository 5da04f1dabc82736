namespace Moderation.Pipeline.Models.Exploration;

/// <summary>Rows that are a moderator's standing notice; a trainer leaves them out.</summary>
public sealed record NoticeSummary(int Rows, int Removed);
