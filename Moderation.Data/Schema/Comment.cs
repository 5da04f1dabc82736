namespace Moderation.Data.Schema;

/// <summary>A comment as it stands now: the projection of its texts, predictions and decisions.</summary>
public sealed class Comment
{
    /// <summary>Assigned by the writer; grows with time, so pages of the history are cut by it.</summary>
    public long Id { get; set; }

    public int SourceId { get; set; }

    /// <summary>The source's own id, unique within it.</summary>
    public required string ExternalId { get; set; }

    public int CommunityId { get; set; }

    public long? AuthorId { get; set; }

    public string? ThreadId { get; set; }

    public string? ParentId { get; set; }

    public string? Url { get; set; }

    /// <summary>Votes at the source.</summary>
    public int? Score { get; set; }

    /// <summary>Event time.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>
    /// How far behind the newest comment of its source it came, in milliseconds, when that was too late for every window of its
    /// time; null when it was counted.
    /// </summary>
    public long? LateBy { get; set; }

    /// <summary>Processing time of the first version.</summary>
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>Grows with everything that happens to the comment; a decision names the one it saw.</summary>
    public int Version { get; set; }

    /// <summary>The text in force, 1 for the first.</summary>
    public int TextVersion { get; set; }

    public CommentStatus Status { get; set; }

    /// <summary>
    /// Its place in the queue: grows each time a comment begins to wait, so that one that comes back is as new as an
    /// arrival. 0 when it never waited; kept when it leaves.
    /// </summary>
    public long QueueNumber { get; set; }

    /// <summary>Of the text in force.</summary>
    public double Probability { get; set; }

    /// <summary>The threshold that was in force when the text was scored.</summary>
    public double Threshold { get; set; }

    public bool Flagged { get; set; }

    public int ModelId { get; set; }

    /// <summary>The decision in force was made on an older text.</summary>
    public bool EditedAfterDecision { get; set; }

    /// <summary>When it was withdrawn at its source.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>The decision in force.</summary>
    public long? DecisionId { get; set; }
}
