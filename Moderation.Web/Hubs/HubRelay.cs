using Microsoft.AspNetCore.SignalR;

using Moderation.Data.Writing;
using Moderation.Pipeline.Live;

namespace Moderation.Web.Hubs;

/// <summary>Passes what was committed on to the hub's clients.</summary>
internal sealed class HubRelay(IHubContext<ModerationHub, IModerationClient> hub) : IAlertSink, IDeskObserver
{
    public async Task PublishAsync(IReadOnlyList<FlaggedComment> flagged, CancellationToken cancellationToken)
    {
        foreach (var comment in flagged)
        {
            await hub.Clients.All.CommentFlagged(comment);
        }
    }

    public Task DecidedAsync(CommentState comment, CancellationToken cancellationToken) => hub.Clients.All.CommentDecided(new CommentDecidedMessage(
        comment.Id, comment.Version, comment.Status.ToString(), comment.Decision?.Action.ToString().ToLowerInvariant(),
        comment.Decision?.Reason, comment.Decision?.Actor, comment.Decision?.At));

    public Task ThresholdChangedAsync(ThresholdVersion threshold, CancellationToken cancellationToken) =>
        hub.Clients.All.ThresholdChanged(new ThresholdChangedMessage(threshold.Community, threshold.Value, threshold.Actor, threshold.At));
}
