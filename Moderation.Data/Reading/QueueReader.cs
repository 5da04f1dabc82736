using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;
using Moderation.Data.Writing;

namespace Moderation.Data.Reading;

/// <summary>In which order the queue is worked.</summary>
public enum QueueSort
{
    Newest,
    Oldest,

    /// <summary>Highest probability first.</summary>
    Score,
}

/// <summary>Reads what waits for a person.</summary>
public sealed class QueueReader(IDbContextFactory<ModerationDbContext> contexts)
{
    /// <summary>Counting stops here.</summary>
    public const int CountCap = 10_000;

    /// <summary>A page of pending comments.</summary>
    /// <param name="after">Behind the last row seen; null for the first page.</param>
    /// <param name="upTo">Only comments that waited when this was the newest number, so that what comes, or comes back, moves nothing.</param>
    /// <param name="limit">1 to 200.</param>
    public Task<CommentPage> ReadAsync(QueueSort sort, PageCursor? after, long? upTo, int limit, CancellationToken cancellationToken) =>
        contexts.ReadAsync(
            context =>
            {
                var waiting = Waiting(context);
                if (upTo is { } newest)
                {
                    waiting = waiting.Where(comment => comment.QueueNumber <= newest);
                }

                return Sort(waiting, sort, after).Page(context, limit);
            },
            cancellationToken);

    /// <summary>How many wait, up to <see cref="CountCap"/>.</summary>
    public Task<CappedCount> CountAsync(CancellationToken cancellationToken) => contexts.ReadAsync(
        context => new CappedCount(Waiting(context).OrderBy(comment => comment.QueueNumber).Take(CountCap + 1).Count(), CountCap), cancellationToken);

    /// <summary>How many wait that came, or came back, after a number, up to <see cref="CountCap"/>.</summary>
    public Task<CappedCount> CountNewerAsync(long number, CancellationToken cancellationToken) => contexts.ReadAsync(
        context => new CappedCount(
            Waiting(context)
                .Where(comment => comment.QueueNumber > number)
                .OrderBy(comment => comment.QueueNumber)
                .Take(CountCap + 1)
                .Count(),
            CountCap),
        cancellationToken);

    /// <summary>The newest <see cref="Comment.QueueNumber"/> that waits; 0 when nothing does.</summary>
    public Task<long> NewestNumberAsync(CancellationToken cancellationToken) => contexts.ReadAsync(
        context => Waiting(context).OrderByDescending(comment => comment.QueueNumber).Select(comment => comment.QueueNumber).FirstOrDefault(),
        cancellationToken);

    /// <summary>One comment, waiting or not; null when there is none.</summary>
    public Task<CommentItem?> FindAsync(long id, CancellationToken cancellationToken) => contexts.ReadAsync(
        context => CommentItem.From(context, context.Comments.Where(comment => comment.Id == id)).SingleOrDefault(),
        cancellationToken);

    /// <summary>How the given comments stand now; those that are gone are left out.</summary>
    public Task<IReadOnlyDictionary<long, CommentState>> StatesAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        contexts.ReadAsync<IReadOnlyDictionary<long, CommentState>>(
            context => (from comment in context.Comments
                        join found in context.Decisions on comment.DecisionId equals (long?)found.Id into inForce
                        from decision in inForce.DefaultIfEmpty()
                        where ids.Contains(comment.Id)
                        select new CommentState(
                            comment.Id,
                            comment.Version,
                            comment.TextVersion,
                            comment.Status,
                            comment.QueueNumber,
                            comment.WithdrawnAt != null,
                            decision == null ? null : new DecisionSummary(
                                decision.Id, decision.Action, decision.Reason, decision.Note, decision.Actor, decision.At)))
                .ToDictionary(state => state.Id),
            cancellationToken);

    /// <remarks>The filter of the partial indexes is repeated: SQLite uses such an index only when it sees its condition.</remarks>
    private static IQueryable<Comment> Waiting(ModerationDbContext context)
    {
        // A parameter: beside a constant EF Core would leave the filter out.
        var pending = CommentStatus.Pending;
        return context.Comments.Where(comment => comment.Status == pending
            && (comment.Status == CommentStatus.Pending || comment.Status == CommentStatus.Escalated));
    }

    private static IOrderedQueryable<Comment> Sort(IQueryable<Comment> waiting, QueueSort sort, PageCursor? after) => sort switch
    {
        QueueSort.Oldest => (after is { } a ? waiting.Where(comment => comment.QueueNumber > a.QueueNumber) : waiting)
            .OrderBy(comment => comment.QueueNumber),
        QueueSort.Score => ByScore(waiting, after),
        _ => (after is { } b ? waiting.Where(comment => comment.QueueNumber < b.QueueNumber) : waiting)
            .OrderByDescending(comment => comment.QueueNumber),
    };

    private static IOrderedQueryable<Comment> ByScore(IQueryable<Comment> waiting, PageCursor? after)
    {
        if (after is { } cursor)
        {
            // The first condition alone can be looked up in the index; an "or" would begin at the highest score again.
            waiting = waiting.Where(comment => comment.Probability <= cursor.Probability
                && (comment.Probability < cursor.Probability || comment.Id < cursor.Id));
        }

        return waiting.OrderByDescending(comment => comment.Probability).ThenByDescending(comment => comment.Id);
    }
}
