using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

using Moderation.Data.Schema;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;

namespace Moderation.Data.Writing.Batches;

/// <summary>Keeps scored batches in the database.</summary>
internal sealed class PredictionStore(DatabaseWriter writer, IDbContextFactory<ModerationDbContext> contexts) : IPredictionStore
{
    public async Task<IReadOnlyList<CommittedBatch>> CommitAsync(IReadOnlyList<ScoredBatch> batches, CancellationToken cancellationToken)
    {
        var durability = DurabilityOf(batches);
        try
        {
            return await writer.WriteAsync(
                WritePriority.Bulk, durability, session => WriteGroup(session, batches), cancellationToken);
        }
        catch (Exception e) when (IsOfTheRows(e))
        {
            // One of the rows cannot be stored, and all were rolled back. One batch is enough to come past it.
            return [await writer.WriteAsync(
                WritePriority.Bulk, durability, session => WriteCarefully(session, batches[0]), cancellationToken)];
        }
    }

    public async Task<SourcePosition?> FindCheckpointAsync(string source, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var position = await context.Checkpoints
            .Where(checkpoint => context.Sources.Any(row => row.Id == checkpoint.SourceId && row.Name == source))
            .Select(checkpoint => checkpoint.Position)
            .FirstOrDefaultAsync(cancellationToken);
        return position is null ? null : new SourcePosition(position);
    }

    /// <summary>Another try would fail the same way, unlike a full disk or a lock.</summary>
    internal static bool IsOfTheRows(Exception e) =>
        e is not (StoreUnavailableException or OperationCanceledException or OutOfMemoryException)
        && !(e is SqliteException sqlite && DatabaseWriter.IsOfTheStore(sqlite));

    /// <summary>One that somebody waits for is enough: its commit must outlive a power cut, and takes the others along.</summary>
    private static Durability DurabilityOf(IReadOnlyList<ScoredBatch> batches)
    {
        for (var i = 0; i < batches.Count; i++)
        {
            if (batches[i].Batch.Acknowledged)
            {
                return Durability.Acknowledged;
            }
        }

        return Durability.Replayable;
    }

    /// <summary>As many batches as fit in one transaction: until a person waits.</summary>
    private List<CommittedBatch> WriteGroup(WriteSession session, IReadOnlyList<ScoredBatch> batches)
    {
        var written = new List<CommittedBatch> { BatchWriter.Write(session, batches[0]) };
        foreach (var batch in batches.Skip(1))
        {
            if (writer.PersonWaiting)
            {
                break;
            }

            written.Add(BatchWriter.Write(session, batch));
        }

        Close(session, written[^1]);
        return written;
    }

    private static CommittedBatch WriteCarefully(WriteSession session, ScoredBatch batch)
    {
        var written = BatchWriter.WriteCarefully(session, batch);
        Close(session, written);
        return written;
    }

    /// <summary>What the comments of the whole group came to.</summary>
    private static void Close(WriteSession session, CommittedBatch last) =>
        session.Spikes.Consider(session.Windows.Save(), last.Scored.ScoredAt.ToUnixTimeMilliseconds());
}
