namespace Moderation.Benchmarks.Crash;

/// <summary>How often a decision must be on record.</summary>
internal enum OnRecord
{
    /// <summary>It was answered with 201.</summary>
    Once,

    /// <summary>An attempt stayed without an answer, and the one after it was refused as stale: that may have been its own doing.</summary>
    OnceOrNever,

    /// <summary>It was refused, and no attempt stayed without an answer.</summary>
    Never,
}

/// <summary>A decision that was asked for.</summary>
/// <param name="Note">Its own, so that it is found again.</param>
internal sealed record MadeDecision(string Note, long CommentId, string Action, OnRecord Record);
