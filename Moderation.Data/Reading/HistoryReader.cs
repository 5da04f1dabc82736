using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;

namespace Moderation.Data.Reading;

/// <summary>Reads every comment that ever came, newest first.</summary>
public sealed class HistoryReader(IDbContextFactory<ModerationDbContext> contexts)
{
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
}
