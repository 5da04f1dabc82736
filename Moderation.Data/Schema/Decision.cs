namespace Moderation.Data.Schema;

/// <summary>What a person did, once and for all: taking it back is another one. Append-only.</summary>
public sealed class Decision
{
    public long Id { get; set; }

    public long CommentId { get; set; }

    /// <summary>The text that the person saw.</summary>
    public int TextVersion { get; set; }

    public DecisionAction Action { get; set; }

    /// <summary>Code of the removal reason.</summary>
    public string? Reason { get; set; }

    public string? Note { get; set; }

    public required string Actor { get; set; }

    public DateTimeOffset At { get; set; }

    public CommentStatus StatusBefore { get; set; }

    public CommentStatus StatusAfter { get; set; }

    /// <summary>The decision that was in force before.</summary>
    public long? PreviousId { get; set; }

    /// <summary>For an undo: the decision it takes back.</summary>
    public long? UndoesId { get; set; }
}
