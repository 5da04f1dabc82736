using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Data.Writing.Batches;
using Moderation.Pipeline.Flow;

namespace Moderation.Data.Maintenance;

/// <summary>
/// Deletes what has done its work, a little at a time: minutes and hours whose comments are counted in their days, and announced
/// events. So a year of windows costs a community a few thousand rows.
/// </summary>
public sealed partial class Housekeeping(
    IDbContextFactory<ModerationDbContext> contexts,
    DatabaseWriter writer,
    IOptions<PipelineOptions> options,
    TimeProvider time,
    ILogger<Housekeeping> logger) : BackgroundService
{
    private const int Minute = 1;
    private const int Hour = 60;

    /// <summary>Communities that are looked at in one round; callers of the API choose their names, so there may be many.</summary>
    private const int MostCommunities = 1_000;

    /// <summary>Rows of one deletion; a person who waits is let through between two.</summary>
    private const int MostAtOnce = 2_000;

    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(1);
    private int _lastCommunity = -1;

    /// <summary>How long minutes are kept.</summary>
    public static TimeSpan MinutesKept { get; } = TimeSpan.FromDays(2);

    /// <summary>How long hours are kept.</summary>
    public static TimeSpan HoursKept { get; } = TimeSpan.FromDays(90);

    /// <summary>How long announced events are kept.</summary>
    public static TimeSpan EventsKept { get; } = TimeSpan.FromDays(1);

    /// <summary>One round: the events, and the windows of the next communities.</summary>
    /// <returns>How many rows were deleted.</returns>
    public async Task<long> TidyAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        long deleted = 0;
        var communities = await NextCommunitiesAsync(cancellationToken);
        foreach (var community in communities)
        {
            deleted += await DeleteWindowsAsync(community, Minute, now - MinutesKept, cancellationToken);
            deleted += await DeleteWindowsAsync(community, Hour, now - HoursKept, cancellationToken);
        }

        _lastCommunity = communities.Count < MostCommunities ? -1 : communities[^1];
        return deleted + await DeleteEventsAsync(now - EventsKept, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await TidyAsync(stoppingToken);
            }
            catch (Exception e) when (e is StoreUnavailableException or Microsoft.Data.Sqlite.SqliteException)
            {
                TidyFailed(logger, e.Message);
            }
        }
    }

    private async Task<List<int>> NextCommunitiesAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var next = await context.Communities
            .Where(community => community.Id > _lastCommunity)
            .OrderBy(community => community.Id)
            .Select(community => community.Id)
            .Take(MostCommunities)
            .ToListAsync(cancellationToken);

        // Those beyond the most that are told apart are counted under a number that has no row.
        return _lastCommunity < 0 ? [SourceWindows.OtherCommunities, .. next] : next;
    }

    private async Task<long> DeleteWindowsAsync(int community, int minutes, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            // Asked before the gate: most of the time there is nothing to do.
            if (!await context.Windows.AnyAsync(
                row => row.CommunityId == community && row.Minutes == minutes && row.Start < before, cancellationToken))
            {
                return 0;
            }
        }

        var open = SourceWindows.Kept(options.Value.Windows);
        return await DeleteAsync(
            session => session.Tidy.DeleteWindows(community, minutes, before.ToUnixTimeMilliseconds(), open, MostAtOnce), cancellationToken);
    }

    private async Task<long> DeleteEventsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await context.Outbox.OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken) is not { } oldest || oldest.At >= before)
            {
                return 0;
            }
        }

        return await DeleteAsync(session => session.Tidy.DeleteEvents(before.ToUnixTimeMilliseconds(), MostAtOnce), cancellationToken);
    }

    private async Task<long> DeleteAsync(Func<WriteSession, int> delete, CancellationToken cancellationToken)
    {
        long deleted = 0;
        int last;
        do
        {
            last = await writer.WriteAsync(WritePriority.Bulk, Durability.Replayable, delete, cancellationToken);
            deleted += last;
        }
        while (last == MostAtOnce);

        return deleted;
    }

    [LoggerMessage(EventId = 230, Level = LogLevel.Warning, Message = "Old windows and events could not be deleted: {Reason}")]
    private static partial void TidyFailed(ILogger logger, string reason);
}
