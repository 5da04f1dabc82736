using Moderation.Pipeline.Models.Registry;

namespace Moderation.Web.Components.Pages.Models;

/// <summary>Promotions as people say them.</summary>
internal static class PromotionText
{
    /// <summary>"Promoted by Ana", "Brought back by Ana".</summary>
    public static string Past(PromotionEvent promotion) =>
        $"{(promotion.Kind == PromotionKind.RollBack ? "Brought back" : "Promoted")}{(promotion.Actor is { } actor ? $" by {actor}" : null)}";
}
