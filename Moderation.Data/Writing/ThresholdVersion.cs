namespace Moderation.Data.Writing;

/// <summary>A threshold that somebody set.</summary>
/// <param name="Community">Null for the site's default.</param>
/// <param name="Value">0 to 1; null when a community went back to the site's default.</param>
public sealed record ThresholdVersion(long Id, string? Community, double? Value, DateTimeOffset At, string Actor, string? Note);
