namespace Moderation.Pipeline.Models.Registry;

/// <summary>A model that the desk knows by its version.</summary>
/// <param name="Key">The number that predictions carry.</param>
/// <param name="Version">The name that people use ("v3").</param>
/// <param name="Path">The file, absolute.</param>
/// <param name="LastPromotion">When it last became live, how, and by whom; null if never.</param>
public sealed record RegisteredModel(
    int Key, string Version, ModelState State, string Path, DateTimeOffset RegisteredAt, PromotionEvent? LastPromotion, ModelCard Card);
