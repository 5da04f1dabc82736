namespace Moderation.Data.Schema;

/// <summary>A version of a threshold; the newest of a community, or of the site, is in force. Append-only.</summary>
public sealed class Threshold
{
    public long Id { get; set; }

    /// <summary>Null for the site's default.</summary>
    public int? CommunityId { get; set; }

    /// <summary>0 to 1; a comment is flagged when its probability is greater. Null gives a community back to the site's default.</summary>
    public double? Value { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Actor { get; set; }

    public string? Note { get; set; }
}
