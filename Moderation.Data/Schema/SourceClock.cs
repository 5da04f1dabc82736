namespace Moderation.Data.Schema;

/// <summary>How far the event time of a source has come. Its watermark and its open windows follow from it.</summary>
public sealed class SourceClock
{
    public int SourceId { get; set; }

    /// <summary>The greatest event time; null while every comment had to be clamped.</summary>
    public DateTimeOffset? Greatest { get; set; }

    /// <summary>Comments that came too late for every window.</summary>
    public long Late { get; set; }

    /// <summary>Comments from the far future, or from before 1970, that were taken for written when they came.</summary>
    public long Clamped { get; set; }
}
