using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;

namespace Moderation.Data.Reading;

internal static class CommentQueries
{
    /// <summary>
    /// Runs a read in a context of its own, away from the caller's thread: SQLite's asynchronous methods are
    /// synchronous, and a circuit must not stand still meanwhile.
    /// </summary>
    public static Task<T> ReadAsync<T>(
        this IDbContextFactory<ModerationDbContext> contexts, Func<ModerationDbContext, T> read, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                using var context = contexts.CreateDbContext();
                return read(context);
            },
            cancellationToken);

    /// <summary>The comments of a status; of all when it is null.</summary>
    /// <remarks>The filter of the partial index is repeated: SQLite uses such an index only when it sees its condition.</remarks>
    public static IQueryable<Comment> OfStatus(this IQueryable<Comment> comments, CommentStatus? status) => status switch
    {
        null => comments,

        // Most comments are: walking the key meets them at once.
        CommentStatus.Unflagged => comments.Where(comment => comment.Status == CommentStatus.Unflagged),
        _ => comments.Where(comment => comment.Status == status && comment.Status != CommentStatus.Unflagged),
    };

    /// <summary>A page by key: it costs the same however deep it lies.</summary>
    public static CommentPage Page(
        this IQueryable<Comment> comments, ModerationDbContext context, QueueSort sort, PageCursor? after, int limit)
    {
        var ordered = sort switch
        {
            QueueSort.Oldest => (after is { } a ? comments.Where(comment => comment.Id > a.Id) : comments).OrderBy(comment => comment.Id),
            QueueSort.Score => ByScore(comments, after),
            _ => (after is { } b ? comments.Where(comment => comment.Id < b.Id) : comments).OrderByDescending(comment => comment.Id),
        };
        var items = CommentItem.From(context, ordered).Take(limit + 1).ToList();
        if (items.Count <= limit)
        {
            return new CommentPage(items, null);
        }

        items.RemoveAt(limit);
        return new CommentPage(items, new PageCursor(items[^1].Id, items[^1].Probability));
    }

    private static IOrderedQueryable<Comment> ByScore(IQueryable<Comment> comments, PageCursor? after)
    {
        if (after is { } cursor)
        {
            // The first condition alone can be looked up in the index; an "or" would begin at the highest score again.
            comments = comments.Where(comment => comment.Probability <= cursor.Probability
                && (comment.Probability < cursor.Probability || comment.Id < cursor.Id));
        }

        return comments.Where(comment => comment.Status == CommentStatus.Pending || comment.Status == CommentStatus.Escalated)
            .OrderByDescending(comment => comment.Probability).ThenByDescending(comment => comment.Id);
    }
}
