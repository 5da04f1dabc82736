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
    /// <param name="upToId">Only comments that were there when this was the newest id, so that arrivals move nothing.</param>
    /// <param name="limit">1 to 200.</param>
    public Task<CommentPage> ReadAsync(QueueSort sort, PageCursor? after, long? upToId, int limit, CancellationToken cancellationToken) =>
        contexts.ReadAsync(
            context =>
            {
                var waiting = Waiting(context);
                if (upToId is { } newest)
                {
                    waiting = waiting.Where(comment => comment.Id <= newest);
                }

                return waiting.Page(context, sort, after, limit);
            },
            cancellationToken);

    /// <summary>How many wait, up to <see cref="CountCap"/>.</summary>
    public Task<CappedCount> CountAsync(CancellationToken cancellationToken) => contexts.ReadAsync(
        context => new CappedCount(Waiting(context).OrderBy(comment => comment.Id).Take(CountCap + 1).Count(), CountCap), cancellationToken);

    /// <summary>How many wait that came after an id, up to <see cref="CountCap"/>.</summary>
    public Task<CappedCount> CountNewerAsync(long id, CancellationToken cancellationToken) => contexts.ReadAsync(
        context => new CappedCount(Waiting(context).Where(comment => comment.Id > id).OrderBy(comment => comment.Id).Take(CountCap + 1).Count(), CountCap),
        cancellationToken);

    /// <summary>The newest id that waits; 0 when nothing does.</summary>
    public Task<long> NewestIdAsync(CancellationToken cancellationToken) => contexts.ReadAsync(
        context => Waiting(context).OrderByDescending(comment => comment.Id).Select(comment => comment.Id).FirstOrDefault(), cancellationToken);

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
                            comment.WithdrawnAt != null,
                            decision == null ? null : new DecisionSummary(
                                decision.Id, decision.Action, decision.Reason, decision.Note, decision.Actor, decision.At)))
                .ToDictionary(state => state.Id),
            cancellationToken);

    private static IQueryable<Comment> Waiting(ModerationDbContext context) => context.Comments.OfStatus(CommentStatus.Pending);
}
