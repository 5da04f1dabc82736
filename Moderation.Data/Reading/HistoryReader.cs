using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;
using Moderation.Data.Searching;

namespace Moderation.Data.Reading;

/// <summary>Reads every comment that ever came, newest first.</summary>
public sealed class HistoryReader(IDbContextFactory<ModerationDbContext> contexts, SearchReader search, TimeProvider time)
{
    /// <summary>Most comments that the index names and a page looks at, to find those with a status.</summary>
    public const int MostCandidates = 2000;

    private const int CandidatesAtOnce = 250;

    /// <param name="status">Null for all.</param>
    /// <param name="limit">1 to 200.</param>
    public Task<CommentPage> ReadAsync(CommentStatus? status, PageCursor? after, int limit, CancellationToken cancellationToken) =>
        contexts.ReadAsync(
            context =>
            {
                var comments = context.Comments.OfStatus(status);
                if (after is { } cursor)
                {
                    comments = comments.Where(comment => comment.Id < cursor.Id);
                }

                return comments.OrderByDescending(comment => comment.Id).Page(context, limit);
            },
            cancellationToken);

    /// <summary>A page of the comments whose newest text has all the words, newest first.</summary>
    /// <param name="words">As a person typed them, see <see cref="SearchReader"/>.</param>
    /// <param name="status">Null for all.</param>
    /// <param name="limit">1 to 200.</param>
    public Task<FoundPage> SearchAsync(
        string? words, CommentStatus? status, PageCursor? after, int limit, CancellationToken cancellationToken) =>
        contexts.ReadAsync(context => Search(context, words, status, after, limit, cancellationToken), cancellationToken);

    /// <summary>A comment by its source's own id; null when there is none.</summary>
    public Task<CommentItem?> FindAsync(string source, string externalId, CancellationToken cancellationToken) => contexts.ReadAsync(
        context => CommentItem.From(context, context.Comments
            .Where(comment => comment.SourceId == context.Sources.Single(row => row.Name == source).Id && comment.ExternalId == externalId))
            .SingleOrDefault(),
        cancellationToken);

    /// <summary>All comments, oldest first, in pages by key, so that no reader stays open for long.</summary>
    public async IAsyncEnumerable<IReadOnlyList<CommentItem>> ExportAsync(
        CommentStatus? status, int pageSize, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long last = 0;
        while (true)
        {
            var page = await contexts.ReadAsync(
                context => CommentItem.From(
                    context, context.Comments.OfStatus(status).Where(comment => comment.Id > last).OrderBy(comment => comment.Id))
                    .Take(pageSize)
                    .ToList(),
                cancellationToken);
            if (page.Count == 0)
            {
                yield break;
            }

            last = page[^1].Id;
            yield return page;
        }
    }

    /// <summary>The index names candidates, the database knows their status; a page ends when it is full or has cost enough.</summary>
    private FoundPage Search(
        ModerationDbContext context, string? words, CommentStatus? status, PageCursor? after, int limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var items = new List<CommentItem>();
        var candidates = 0;
        var before = after?.Id;
        while (true)
        {
            var found = search.Search(words, before, status is null ? limit + 1 : CandidatesAtOnce, cancellationToken);
            items.AddRange(CommentItem.From(context, context.Comments
                .OfStatus(status)
                .Where(comment => found.Ids.Contains(comment.Id))
                .OrderByDescending(comment => comment.Id))
                .Take(limit + 1 - items.Count));
            if (items.Count > limit)
            {
                items.RemoveAt(limit);
                return new FoundPage(new CommentPage(items, new PageCursor(items[^1].Id, items[^1].Probability)), false, null, found.Behind);
            }

            candidates += found.Ids.Count;
            before = found.Next;
            var spent = found.BudgetSpent || candidates >= MostCandidates || time.GetElapsedTime(started) > SearchReader.Budget;
            if (before is null || spent)
            {
                return new FoundPage(
                    new CommentPage(items, before is { } further ? new PageCursor(further, 0) : null), before is not null, found.Reason, found.Behind);
            }
        }
    }
}
