namespace Moderation.Data.Schema;

/// <summary>A possible raid: far more flagged comments in a community than its own recent history predicts.</summary>
public sealed class Spike
{
    public long Id { get; set; }

    public int CommunityId { get; set; }

    /// <summary>Event time: the start of the first window that stood out.</summary>
    public DateTimeOffset Start { get; set; }

    /// <summary>Event time: the end of the last one.</summary>
    public DateTimeOffset End { get; set; }

    /// <summary>Flagged comments in the window that stood out most.</summary>
    public long Flagged { get; set; }

    /// <summary>How many the history predicted for it.</summary>
    public double Expected { get; set; }

    /// <summary>How far above that it was, in robust standard deviations.</summary>
    public double Deviation { get; set; }

    public DateTimeOffset RaisedAt { get; set; }

    /// <summary>When a person had seen enough of it.</summary>
    public DateTimeOffset? DismissedAt { get; set; }

    public string? DismissedBy { get; set; }
}
