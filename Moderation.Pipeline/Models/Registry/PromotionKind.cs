namespace Moderation.Pipeline.Models.Registry;

/// <summary>How a model became live. The numbers are stored.</summary>
public enum PromotionKind
{
    /// <summary>Chosen by its version.</summary>
    Promote = 1,

    /// <summary>Brought back by taking the promotion behind it back.</summary>
    RollBack = 2,
}
