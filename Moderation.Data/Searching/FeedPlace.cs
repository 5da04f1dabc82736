namespace Moderation.Data.Searching;

/// <summary>A place in the feed of texts: the row, and enough of it to recognise it again.</summary>
/// <param name="Row">Its rowid, which grows in the order of the commits.</param>
/// <param name="CommentId">0 at the start of the feed.</param>
/// <param name="TextVersion">1 for a comment's first text.</param>
/// <param name="ReceivedAt">
/// In milliseconds. When a database is put back from a copy and fills again, rows and ids repeat, and the time does not.
/// </param>
internal readonly record struct FeedPlace(long Row, long CommentId, int TextVersion, long ReceivedAt)
{
    /// <summary>Before the first text.</summary>
    public static FeedPlace Start => default;
}
