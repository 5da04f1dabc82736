namespace Moderation.Data.Reading;

/// <summary>A page of comments.</summary>
/// <param name="Next">Where the next page begins; null when there is none.</param>
public sealed record CommentPage(IReadOnlyList<CommentItem> Items, PageCursor? Next)
{
    public static CommentPage Empty { get; } = new([], null);
}

/// <summary>The last row of a page, by all that pages are sorted by: the next one begins behind it, whatever was added meanwhile.</summary>
/// <param name="Id">The history goes by it; so do equal scores.</param>
/// <param name="Probability">The queue by score goes by it.</param>
/// <param name="QueueNumber">The queue by time goes by it; the history needs none.</param>
public readonly record struct PageCursor(long Id, double Probability, long QueueNumber = 0);
