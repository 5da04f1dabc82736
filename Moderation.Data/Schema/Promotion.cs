using Moderation.Pipeline.Models.Registry;

namespace Moderation.Data.Schema;

/// <summary>
/// A model became live, by a promotion or by a rollback. Append-only; the newest row says which model is live.
/// </summary>
public sealed class Promotion
{
    /// <summary>The order of the promotions, whatever the clock said.</summary>
    public long Id { get; set; }

    public int ModelId { get; set; }

    public PromotionKind Kind { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>Null for promotions from before names were kept.</summary>
    public string? Actor { get; set; }

    /// <summary>
    /// The row that a rollback goes back to, null for none: the promotions in force are a stack, linked from its top
    /// down. A promotion links to the row before it; a rollback brings a row's model back with that row's own link.
    /// </summary>
    public long? PreviousId { get; set; }
}
