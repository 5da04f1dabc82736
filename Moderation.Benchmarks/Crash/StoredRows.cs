namespace Moderation.Benchmarks.Crash;

/// <summary>Where a comment stands, in the numbers that are stored.</summary>
internal enum StoredStatus
{
    Unflagged = 0,
    Pending = 1,
    Escalated = 2,
    Approved = 3,
    Removed = 4,
}

/// <summary>A row of the comments with the names that its keys stand for.</summary>
internal sealed record StoredComment(
    long Id, string Source, string ExternalId, string Community, string? Author, long CreatedAt, long ReceivedAt, int Version, int TextVersion,
    StoredStatus Status, double Probability, double Threshold, bool Flagged, int ModelId, long QueueNumber, bool EditedAfterDecision,
    bool Withdrawn, long? DecisionId, long? LateBy);

/// <summary>A text with what a model said of it.</summary>
/// <param name="ModelId">Null when no prediction is there.</param>
internal sealed record StoredVersion(long CommentId, int TextVersion, string Body, int? ModelId, double Probability, double Threshold)
{
    public bool Flagged => Probability > Threshold;
}

/// <summary>A row of the decisions.</summary>
internal sealed record StoredDecision(
    long Id, long CommentId, int TextVersion, string Action, string? Note, StoredStatus Before, StoredStatus After, long? PreviousId, long? UndoesId);
