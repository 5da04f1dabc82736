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
}

/// <summary>A comment as it was committed.</summary>
/// <param name="Id">The desk's id; 0 when an unknown comment was withdrawn.</param>
/// <param name="Enqueued">It now waits for a person and did not before.</param>
public sealed record CommittedComment(ScoredComment Scored, long Id, CommentOutcome Outcome, bool Enqueued);

/// <summary>A batch behind its commit: on disk, visible to readers, its checkpoint included.</summary>
public sealed record CommittedBatch(ScoredBatch Scored, IReadOnlyList<CommittedComment> Comments);
