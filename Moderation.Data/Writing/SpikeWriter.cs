using Moderation.Pipeline.Live;

namespace Moderation.Data.Writing;

/// <summary>Keeps that a person has seen enough of a possible raid.</summary>
public sealed class SpikeWriter(DatabaseWriter writer, ChangeFeed changes, TimeProvider time)
{
    /// <summary>Takes it off the pages. What goes on of the same raid does not bring it back; another raid is another spike.</summary>
    /// <returns>False when it was dismissed before, or is not there.</returns>
    public async Task<bool> DismissAsync(long id, string actor, CancellationToken cancellationToken)
    {
        var dismissed = await writer.WriteAsync(
            WritePriority.Person,
            Durability.Acknowledged,
            session =>
            {
                if (session.Context.Spikes.SingleOrDefault(spike => spike.Id == id) is not { DismissedAt: null } row)
                {
                    return false;
                }

                (row.DismissedAt, row.DismissedBy) = (time.GetUtcNow(), actor);
                session.Context.SaveChanges();
                return true;
            },
            cancellationToken);
        changes.Notify();
        return dismissed;
    }
}
