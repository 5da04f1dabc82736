using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;
using Moderation.Data.Writing;

namespace Moderation.Data.Reading;

/// <summary>Reads the versions of the thresholds.</summary>
public sealed class ThresholdReader(IDbContextFactory<ModerationDbContext> contexts)
{
    /// <summary>Newest first.</summary>
    /// <param name="limit">1 to 1,000.</param>
    public Task<IReadOnlyList<ThresholdVersion>> ListAsync(int limit, CancellationToken cancellationToken) =>
        contexts.ReadAsync<IReadOnlyList<ThresholdVersion>>(
            context => context.Thresholds
                .OrderByDescending(row => row.Id)
                .Take(limit)
                .Select(row => new ThresholdVersion(
                    row.Id,
                    context.Communities.Where(community => community.Id == row.CommunityId).Select(community => community.Name).FirstOrDefault(),
                    row.Value,
                    row.At,
                    row.Actor,
                    row.Note))
                .ToList(),
            cancellationToken);

    /// <summary>Names of all communities that a comment ever came from or that were ever given a threshold, the first 1,000.</summary>
    public Task<IReadOnlyList<string>> CommunitiesAsync(CancellationToken cancellationToken) =>
        contexts.ReadAsync<IReadOnlyList<string>>(
            context => context.Communities.OrderBy(community => community.Name).Select(community => community.Name).Take(1_000).ToList(),
            cancellationToken);

    /// <summary>How many of the newest comments fall into each hundredth of the scores: an honest look at what a threshold would flag.</summary>
    /// <param name="community">Null for all.</param>
    /// <param name="newest">At most so many comments are looked at.</param>
    /// <returns>100 counts; a score of exactly 1 is in the last.</returns>
    public Task<IReadOnlyList<int>> ScoresAsync(string? community, int newest, CancellationToken cancellationToken) =>
        contexts.ReadAsync<IReadOnlyList<int>>(
            context =>
            {
                var comments = context.Comments.OrderByDescending(comment => comment.Id).Take(newest);
                if (community is not null)
                {
                    comments = comments.Where(comment => comment.CommunityId == context.Communities.Single(row => row.Name == community).Id);
                }

                var bins = new int[100];
                foreach (var probability in comments.Select(comment => comment.Probability))
                {
                    bins[Math.Clamp((int)(probability * 100), 0, 99)]++;
                }

                return bins;
            },
            cancellationToken);
}
