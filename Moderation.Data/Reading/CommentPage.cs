namespace Moderation.Data.Reading;

/// <summary>A page of comments.</summary>
/// <param name="Next">Where the next page begins; null when there is none.</param>
public sealed record CommentPage(IReadOnlyList<CommentItem> Items, PageCursor? Next)
{
    public static CommentPage Empty { get; } = new([], null);
}

/// <summary>The last row of a page: the next one begins behind it, whatever was added meanwhile.</summary>
/// <param name="Probability">Used when sorted by score.</param>
public readonly record struct PageCursor(long Id, double Probability);
