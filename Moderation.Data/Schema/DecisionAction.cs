namespace Moderation.Data.Schema;

/// <summary>What a person did with a comment. The numbers are stored.</summary>
public enum DecisionAction
{
    Approve = 1,
    Remove = 2,

    /// <summary>Not now; the comment stays where it is.</summary>
    Skip = 3,

    Escalate = 4,

    /// <summary>Takes the decision before it back; both stay on record.</summary>
    Undo = 5,
}
