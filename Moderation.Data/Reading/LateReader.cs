using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;

namespace Moderation.Data.Reading;

/// <summary>Reads what came too late for its windows: the late output of the flow.</summary>
public sealed class LateReader(IDbContextFactory<ModerationDbContext> contexts)
{
    /// <summary>Newest first.</summary>
    /// <param name="limit">Above zero.</param>
    public Task<IReadOnlyList<LateItem>> ListAsync(int limit, CancellationToken cancellationToken) => contexts.ReadAsync<IReadOnlyList<LateItem>>(
        context =>
        [
            .. context.Comments
                .Where(comment => comment.LateBy != null)
                .OrderByDescending(comment => comment.Id)
                .Take(limit)
                .Select(comment => new
                {
                    comment.Id,
                    Source = context.Sources.First(source => source.Id == comment.SourceId).Name,
                    Community = context.Communities.First(community => community.Id == comment.CommunityId).Name,
                    comment.CreatedAt,
                    comment.ReceivedAt,
                    LateBy = comment.LateBy!.Value,
                })
                .AsEnumerable()
                .Select(row => new LateItem(row.Id, row.Source, row.Community, row.CreatedAt, row.ReceivedAt, TimeSpan.FromMilliseconds(row.LateBy))),
        ],
        cancellationToken);
}
