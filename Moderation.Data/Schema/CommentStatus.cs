namespace Moderation.Data.Schema;

/// <summary>Where a comment stands; a projection of its events. The numbers are stored and part of index filters.</summary>
public enum CommentStatus
{
    /// <summary>No review needed.</summary>
    Unflagged = 0,

    /// <summary>Waits for a person.</summary>
    Pending = 1,

    /// <summary>Waits for an admin.</summary>
    Escalated = 2,

    Approved = 3,

    Removed = 4,
}
