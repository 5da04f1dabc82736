namespace Moderation.Data.Schema;

/// <summary>A text that a comment has or had; apart from the comment, so that lists of comments stay small.</summary>
public sealed class CommentText
{
    public long CommentId { get; set; }

    /// <summary>1 for the first.</summary>
    public int TextVersion { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    public required string Body { get; set; }
}
