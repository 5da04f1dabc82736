namespace Moderation.Pipeline.Flow;

/// <summary>What the commit made of a comment.</summary>
public enum CommentOutcome
{
    /// <summary>Stored for the first time.</summary>
    Stored,

    /// <summary>Stored as a new version of a comment that was there.</summary>
    Edited,

    /// <summary>The same text under the same id; ignored.</summary>
    Duplicate,

    /// <summary>Withdrawn at its source.</summary>
    Withdrawn,

    /// <summary>It was stored before, and has one more prediction now; a duplicate if it had that one.</summary>
    Rescored,
}

/// <summary>A comment as it was committed.</summary>
/// <param name="Id">The desk's id; 0 when an unknown comment was withdrawn.</param>
/// <param name="Enqueued">It now waits for a person and did not before.</param>
/// <param name="Late">It came too late for every window of its time; it is stored and queued like any other.</param>
public sealed record CommittedComment(ScoredComment Scored, long Id, CommentOutcome Outcome, bool Enqueued, bool Late = false);

/// <summary>A batch behind its commit: on disk, visible to readers, its windows and its checkpoint included.</summary>
public sealed record CommittedBatch(ScoredBatch Scored, IReadOnlyList<CommittedComment> Comments)
{
    /// <summary>The greatest event time of the batch's source, this batch included; null before its first comment.</summary>
    public DateTimeOffset? Greatest { get; init; }
}
