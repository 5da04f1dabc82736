using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Live;

namespace Moderation.Data.Announcing;

/// <summary>
/// Announces what the outbox holds, in its order and behind the commit, and keeps how far it came. After a crash the rest is
/// announced, the last of it perhaps twice; what is older than <see cref="Newest"/> by then interests nobody who listens live.
/// </summary>
public sealed partial class OutboxRelay(
    IDbContextFactory<ModerationDbContext> contexts,
    DatabaseWriter writer,
    IEnumerable<IAlertSink> sinks,
    ChangeFeed changes,
    TimeProvider time,
    ILogger<OutboxRelay> logger) : BackgroundService
{
    /// <summary>The relay's name among the readers of the outbox.</summary>
    public const string Reader = "live";

    private const int MostAtOnce = 500;

    /// <summary>Events older than this are passed over.</summary>
    public static TimeSpan Newest { get; } = TimeSpan.FromHours(1);

    private static readonly TimeSpan _saveInterval = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<IAlertSink> _sinks = [.. sinks];
    private readonly SemaphoreSlim _signal = new(0, 1);
    private const long Unknown = -1;

    private long _position = Unknown;
    private long _saved = Unknown;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(AnnounceAllAsync(stoppingToken), SaveNowAndThenAsync(stoppingToken));

    private async Task AnnounceAllAsync(CancellationToken stop)
    {
        using var watching = changes.Subscribe(WakeAsync);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await AnnounceAsync(stop) < MostAtOnce)
                {
                    await _signal.WaitAsync(stop);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                // The database is away for a while; what was committed stays in the outbox.
                RelayFailed(logger, e.Message);
                await Task.Delay(_saveInterval, time, stop);
            }
        }
    }

    private async Task SaveNowAndThenAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_saveInterval, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                await SaveAsync(stop);
            }
            catch (Exception e) when (e is StoreUnavailableException or Microsoft.Data.Sqlite.SqliteException)
            {
                // The flow says why; the position is saved when writing goes on.
            }
        }
    }

    private Task WakeAsync()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already and will look again.
        }

        return Task.CompletedTask;
    }

    /// <summary>Behind what was announced by an earlier run, and behind what is too old.</summary>
    private async Task<long> FindStartAsync(ModerationDbContext context, CancellationToken stop)
    {
        var oldest = time.GetUtcNow() - Newest;
        var saved = await context.OutboxReaders.Where(row => row.Name == Reader).Select(row => row.Position).FirstOrDefaultAsync(stop);
        return await context.Outbox.Where(row => row.Id > saved && row.At < oldest).MaxAsync(row => (long?)row.Id, stop) ?? saved;
    }

    /// <returns>How many events there were.</returns>
    private async Task<int> AnnounceAsync(CancellationToken stop)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        if (_position == Unknown)
        {
            Volatile.Write(ref _position, await FindStartAsync(context, stop));
        }

        var position = _position;
        var events = await context.Outbox.Where(row => row.Id > position).OrderBy(row => row.Id).Take(MostAtOnce).ToListAsync(stop);
        if (events.Count == 0)
        {
            return 0;
        }

        var ids = events.Where(row => row.Topic == OutboxTopic.Alert).Select(row => row.SubjectId).ToList();
        var flagged = await Flagged(context, ids).ToDictionaryAsync(comment => comment.Id, stop);
        if (flagged.Count > 0)
        {
            await PublishAsync([.. ids.Where(flagged.ContainsKey).Select(id => flagged[id])], stop);
        }

        Volatile.Write(ref _position, events[^1].Id);
        return events.Count;
    }

    private static IQueryable<FlaggedComment> Flagged(ModerationDbContext context, List<long> ids) =>
        from comment in context.Comments
        where ids.Contains(comment.Id)
        join source in context.Sources on comment.SourceId equals source.Id
        join community in context.Communities on comment.CommunityId equals community.Id
        select new FlaggedComment(
            comment.Id, source.Name, comment.ExternalId, community.Name,
            context.Authors.Where(author => author.Id == comment.AuthorId).Select(author => author.Name).FirstOrDefault(),
            comment.Probability, comment.Threshold, comment.CreatedAt);

    private async Task PublishAsync(IReadOnlyList<FlaggedComment> flagged, CancellationToken stop)
    {
        foreach (var sink in _sinks)
        {
            try
            {
                await sink.PublishAsync(flagged, stop);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                // A listener's trouble is its own, and its own time-out comes as a cancellation too.
                AlertFailed(logger, e);
            }
        }
    }

    private async Task SaveAsync(CancellationToken stop)
    {
        var position = Volatile.Read(ref _position);
        if (position == Unknown || position == _saved)
        {
            return;
        }

        await writer.WriteAsync(
            WritePriority.Bulk, Durability.Replayable, session => session.Outbox.SetPosition(Reader, position), stop);
        _saved = position;
    }

    [LoggerMessage(EventId = 220, Level = LogLevel.Error, Message = "Flagged comments could not be announced")]
    private static partial void AlertFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 221, Level = LogLevel.Warning, Message = "Announcements wait: {Reason}")]
    private static partial void RelayFailed(ILogger logger, string reason);
}
