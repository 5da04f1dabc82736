using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;

namespace Moderation.Data.Reading;

/// <summary>Reads the possible raids that wait to be seen.</summary>
public sealed class SpikeReader(IDbContextFactory<ModerationDbContext> contexts, TimeProvider time)
{
    /// <summary>Older ones are history.</summary>
    public static TimeSpan Recent { get; } = TimeSpan.FromDays(1);

    /// <summary>Newest first.</summary>
    /// <param name="limit">Above zero.</param>
    public Task<IReadOnlyList<SpikeItem>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - Recent;
        return contexts.ReadAsync<IReadOnlyList<SpikeItem>>(context => Open(context, since, limit).ToList(), cancellationToken);
    }

    internal static IQueryable<SpikeItem> Open(ModerationDbContext context, DateTimeOffset since, int limit) => context.Spikes
        .Where(spike => spike.DismissedAt == null)
        .OrderByDescending(spike => spike.Id)
        .Take(limit)
        .Where(spike => spike.RaisedAt >= since)
        .Join(
            context.Communities,
            spike => spike.CommunityId,
            community => community.Id,
            (spike, community) => new SpikeItem(
                spike.Id, community.Name, spike.Start, spike.End, spike.Flagged, spike.Expected, spike.Deviation, spike.RaisedAt));
}
