namespace Moderation.Data.Schema;

/// <summary>
/// What was written in a community in one window of event time, as one source told it; a community's figure is the sum over
/// its sources. Half-open: a comment of the end belongs to the next window.
/// </summary>
/// <remarks>
/// Each comment is added to its minute, its hour and its day in the transaction that stores it, so that the three agree.
/// Minutes are kept for days and hours for months; days stay.
/// </remarks>
public sealed class WindowTotal
{
    public int CommunityId { get; set; }

    /// <summary>The window's width in minutes: 1, 60 or 1,440.</summary>
    public int Minutes { get; set; }

    /// <summary>Its first moment, a multiple of its width since the epoch, in UTC.</summary>
    public DateTimeOffset Start { get; set; }

    public int SourceId { get; set; }

    /// <summary>Comments written in it; their edits are none.</summary>
    public long Count { get; set; }

    /// <summary>Of them, those over the threshold when they came.</summary>
    public long Flagged { get; set; }

    /// <summary>Sum of their probabilities; the mean is this by <see cref="Count"/>.</summary>
    public double ScoreSum { get; set; }

    /// <summary>Comments with a probability from 0 up to 0.1, and so on; 1.0 is in the last.</summary>
    public long Bin0 { get; set; }

    public long Bin1 { get; set; }

    public long Bin2 { get; set; }

    public long Bin3 { get; set; }

    public long Bin4 { get; set; }

    public long Bin5 { get; set; }

    public long Bin6 { get; set; }

    public long Bin7 { get; set; }

    public long Bin8 { get; set; }

    public long Bin9 { get; set; }

    /// <summary>Approvals given in this time, whenever the comment was written.</summary>
    public long Approved { get; set; }

    public long Removed { get; set; }

    /// <summary>Decisions taken back in this time.</summary>
    public long Undone { get; set; }
}
