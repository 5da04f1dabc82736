using Microsoft.EntityFrameworkCore;

using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Pipeline.Flow.Supervision;
using Moderation.Pipeline.Sources;

namespace Moderation.Data.Writing;

/// <summary>Keeps how sources stand. Pausing and rewinding are a person's acts: they go before bulk rows.</summary>
public sealed class SourceWriter(DatabaseWriter writer, IDbContextFactory<ModerationDbContext> contexts) : ISourceStore
{
    public Task<SourceRecord> FindAsync(string source, CancellationToken cancellationToken) => contexts.ReadAsync(
        context => context.Sources
            .Where(row => row.Name == source)
            .Select(row => new
            {
                row.Paused,
                Checkpoint = context.Checkpoints
                    .Where(checkpoint => checkpoint.SourceId == row.Id)
                    .Select(checkpoint => new { checkpoint.Position, checkpoint.At })
                    .FirstOrDefault(),
            })
            .FirstOrDefault() is { } found
                ? new SourceRecord(
                    found.Paused, found.Checkpoint is { } checkpoint ? new SourcePosition(checkpoint.Position) : null, found.Checkpoint?.At)
                : SourceRecord.New,
        cancellationToken);

    public Task SetPausedAsync(string source, bool paused, CancellationToken cancellationToken) => writer.WriteAsync(
        WritePriority.Person,
        Durability.Acknowledged,
        session =>
        {
            // A source may be paused before its first batch.
            var id = session.Keys.Source(source);
            return session.Context.Sources.Where(row => row.Id == id).ExecuteUpdate(set => set.SetProperty(row => row.Paused, paused));
        },
        cancellationToken);

    public Task RewindAsync(string source, CancellationToken cancellationToken) => writer.WriteAsync(
        WritePriority.Person,
        Durability.Acknowledged,
        session =>
        {
            var id = session.Keys.Source(source);
            var row = session.Context.Sources.AsTracking().Single(known => known.Id == id);
            var checkpoint = session.Context.Checkpoints.AsTracking().SingleOrDefault(known => known.SourceId == id);
            if (checkpoint is not null)
            {
                // Rewound twice: what was read before the first time still was.
                row.ReadBefore = Math.Max(row.ReadBefore ?? 0, new SourcePosition(checkpoint.Position).Order ?? long.MaxValue);
                session.Context.Checkpoints.Remove(checkpoint);
            }

            session.Rereading.Forget(id);
            return session.Context.SaveChanges();
        },
        cancellationToken);
}
