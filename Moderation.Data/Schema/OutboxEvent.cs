namespace Moderation.Data.Schema;

/// <summary>
/// Something that others must be told, committed with what it tells of. Whoever announces it comes behind the commit and
/// keeps the position up to which it has: after a crash the rest is announced, perhaps the last of it twice.
/// </summary>
public sealed class OutboxEvent
{
    /// <summary>The position; grows.</summary>
    public long Id { get; set; }

    public OutboxTopic Topic { get; set; }

    /// <summary>The comment that was flagged, or the spike that was raised.</summary>
    public long SubjectId { get; set; }

    public DateTimeOffset At { get; set; }
}
