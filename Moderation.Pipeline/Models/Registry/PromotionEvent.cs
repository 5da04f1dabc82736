namespace Moderation.Pipeline.Models.Registry;

/// <summary>A model became live.</summary>
/// <param name="Version">The model that became live.</param>
/// <param name="Actor">Who wanted it; null for promotions from before names were kept.</param>
public sealed record PromotionEvent(long Id, string Version, PromotionKind Kind, DateTimeOffset At, string? Actor);
