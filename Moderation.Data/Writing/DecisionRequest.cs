using Moderation.Data.Schema;

namespace Moderation.Data.Writing;

/// <summary>What a person wants to do with a comment.</summary>
/// <param name="ExpectedVersion">The <see cref="Comment.Version"/> that the person saw.</param>
/// <param name="Reason">Code of a removal reason; needed for a removal, refused otherwise.</param>
public sealed record DecisionRequest(
    long CommentId, DecisionAction Action, int ExpectedVersion, string Actor, string? Reason = null, string? Note = null);

/// <summary>What came of it.</summary>
public enum DecisionResult
{
    Done,

    /// <summary>There is no such comment.</summary>
    NotFound,

    /// <summary>Something happened to the comment since the person looked; nothing was changed.</summary>
    Stale,

    /// <summary>The action does not fit; nothing was changed.</summary>
    Refused,
}

/// <param name="Message">For <see cref="DecisionResult.Stale"/> and <see cref="DecisionResult.Refused"/>: why, in a sentence.</param>
/// <param name="Comment">How the comment stands now; null when there is none.</param>
public sealed record DecisionOutcome(DecisionResult Result, string? Message, CommentState? Comment);

/// <summary>How a comment stands: what a list row needs to grey itself.</summary>
/// <param name="QueueNumber">Its <see cref="Comment.QueueNumber"/>.</param>
/// <param name="Decision">The decision in force.</param>
public sealed record CommentState(
    long Id, int Version, int TextVersion, CommentStatus Status, long QueueNumber, bool Withdrawn, DecisionSummary? Decision);

/// <summary>A decision in a row's words.</summary>
public sealed record DecisionSummary(long Id, DecisionAction Action, string? Reason, string? Note, string Actor, DateTimeOffset At);
