using Microsoft.AspNetCore.SignalR;

using Moderation.Web.Api;

namespace Moderation.Web.Hubs;

/// <summary>Tells the hub's clients the pipeline's figures once a second.</summary>
internal sealed partial class StatsBroadcaster(
    IHubContext<ModerationHub, IModerationClient> hub, StatsSource stats, TimeProvider time, ILogger<StatsBroadcaster> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // Not waited for longer than a tick: a client that does not read must not hold up the others.
                await hub.Clients.All.PipelineStats(stats.Read()).WaitAsync(_interval, time, stoppingToken);
            }
            catch (TimeoutException)
            {
                // Somebody reads too slowly; the server ends such a connection by itself.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                BroadcastFailed(logger, e);
            }
        }
    }

    [LoggerMessage(EventId = 300, Level = LogLevel.Warning, Message = "The pipeline's figures could not be sent")]
    private static partial void BroadcastFailed(ILogger logger, Exception exception);
}
