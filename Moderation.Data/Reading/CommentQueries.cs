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
        var items = ordered.Take(limit + 1).Select(CommentItem.From(context)).ToList();
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
            comments = comments.Where(comment => comment.Probability < cursor.Probability
                || (comment.Probability == cursor.Probability && comment.Id < cursor.Id));
        }

        return comments.Where(comment => comment.Status == CommentStatus.Pending || comment.Status == CommentStatus.Escalated)
            .OrderByDescending(comment => comment.Probability).ThenByDescending(comment => comment.Id);
    }
}
