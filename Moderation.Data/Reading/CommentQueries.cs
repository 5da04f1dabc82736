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

    /// <summary>The dead letters that wait, of one source or of all.</summary>
    public static IQueryable<DeadLetterRow> OpenOf(this IQueryable<DeadLetterRow> letters, ModerationDbContext context, string? source) =>
        source is null
            ? letters.Where(letter => letter.ClosedAt == null)
            : letters.Where(letter => letter.ClosedAt == null && letter.SourceId == context.Sources.Single(row => row.Name == source).Id);

    /// <summary>A page of comments that begin behind a key: it costs the same however deep it lies.</summary>
    public static CommentPage Page(this IOrderedQueryable<Comment> comments, ModerationDbContext context, int limit)
    {
        var items = CommentItem.From(context, comments).Take(limit + 1).ToList();
        if (items.Count <= limit)
        {
            return new CommentPage(items, null);
        }

        items.RemoveAt(limit);
        var last = items[^1];
        return new CommentPage(items, new PageCursor(last.Id, last.Probability, last.QueueNumber));
    }
}
