using System.Threading.Channels;

using Microsoft.AspNetCore.SignalR;

using Moderation.Data.Writing;
using Moderation.Pipeline.Live;

namespace Moderation.Web.Hubs;

/// <summary>
/// Passes what was committed on to the hub's clients. Whoever commits only leaves a note here: a client that does not
/// read must hold up neither the pipeline nor a decision.
/// </summary>
internal sealed partial class HubRelay(IHubContext<ModerationHub, IModerationClient> hub, TimeProvider time, ILogger<HubRelay> logger)
    : BackgroundService, IAlertSink, IDeskObserver
{
    /// <summary>Most notes that wait; beyond it the oldest is dropped, and clients ask the API for what they missed.</summary>
    private const int MostWaiting = 10_000;

    /// <summary>How long the slowest client may take before the others' next message is sent all the same.</summary>
    private static readonly TimeSpan _longestSend = TimeSpan.FromSeconds(1);

    private readonly Channel<Func<IModerationClient, Task>> _notes = Channel.CreateBounded<Func<IModerationClient, Task>>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public Task PublishAsync(IReadOnlyList<FlaggedComment> flagged, CancellationToken cancellationToken)
    {
        foreach (var comment in flagged)
        {
            _notes.Writer.TryWrite(clients => clients.CommentFlagged(comment));
        }

        return Task.CompletedTask;
    }

    public Task DecidedAsync(CommentState comment, CancellationToken cancellationToken)
    {
        var message = new CommentDecidedMessage(
            comment.Id, comment.Version, comment.Status.ToString(), comment.Decision?.Action.ToString().ToLowerInvariant(),
            comment.Decision?.Reason, comment.Decision?.Actor, comment.Decision?.At);
        _notes.Writer.TryWrite(clients => clients.CommentDecided(message));
        return Task.CompletedTask;
    }

    public Task ThresholdChangedAsync(ThresholdVersion threshold, CancellationToken cancellationToken)
    {
        var message = new ThresholdChangedMessage(threshold.Community, threshold.Value, threshold.Actor, threshold.At);
        _notes.Writer.TryWrite(clients => clients.ThresholdChanged(message));
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var send in _notes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await send(hub.Clients.All).WaitAsync(_longestSend, time, stoppingToken);
            }
            catch (TimeoutException)
            {
                // Somebody reads too slowly; the server ends such a connection by itself.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                SendFailed(logger, e);
            }
        }
    }

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "A message could not be sent to the hub's clients")]
    private static partial void SendFailed(ILogger logger, Exception exception);
}
