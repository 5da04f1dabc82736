using System.Collections.Concurrent;
using System.Threading.Channels;

using Microsoft.Extensions.Logging;

using Moderation.Pipeline.Sources;

namespace Moderation.Pipeline.Flow;

/// <summary>What reading a source to its end, or until it was stopped, came to.</summary>
/// <param name="Finished">The source had no more; false when it was stopped.</param>
public sealed record SourceRun(
    long Read, long Committed, long Duplicates, long Flagged, long DeadLettered, bool Finished);

/// <summary>Reads one source from its checkpoint into the flow.</summary>
public sealed partial class SourceRunner(
    ModerationFlow flow, IPredictionStore store, PipelineStatistics statistics, ILogger<SourceRunner> logger)
{
    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);

    /// <summary>Reads until the source ends or <paramref name="stop"/> is signalled, and waits for the last commit.</summary>
    /// <param name="onCommitted">Called behind each commit with the sums so far.</param>
    /// <exception cref="SourceException">
    /// The source cannot be read, and what was read before is committed; or it is being read already.
    /// </exception>
    public async Task<SourceRun> RunAsync(ICommentSource source, Action<SourceRun>? onCommitted, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var claim = Claim(source.Name);
        var meter = statistics.Source(source.Name);
        try
        {
            var run = await ReadClaimedAsync(source, meter, onCommitted, stop);
            meter.SetState(run.Finished ? SourceState.Finished : SourceState.Stopped);
            return run;
        }
        catch (SourceException e)
        {
            meter.SetState(SourceState.Failed, e.Message);
            SourceFailed(logger, source.Name, e.Message);
            throw;
        }
    }

    /// <summary>Like <see cref="RunAsync"/>, for somebody who decides what an end or an error means for the source.</summary>
    internal async Task<SourceRun> ReadAsync(ICommentSource source, Action<SourceRun>? onCommitted, CancellationToken stop)
    {
        using var claim = Claim(source.Name);
        return await ReadClaimedAsync(source, statistics.Source(source.Name), onCommitted, stop);
    }

    /// <summary>Nobody else reads the source until the result is disposed: two readers would overwrite each other's checkpoints.</summary>
    /// <exception cref="SourceException">It is being read already.</exception>
    internal IDisposable Claim(string source) => _running.TryAdd(source, true)
        ? new Claimed(_running, source)
        : throw new SourceException($"Source {source} is being read already. Wait until it ends, or give this one a name of its own.");

    private async Task<SourceRun> ReadClaimedAsync(
        ICommentSource source, SourceMeter meter, Action<SourceRun>? onCommitted, CancellationToken stop)
    {
        var sums = new SourceRun(0, 0, 0, 0, 0, Finished: false);
        var underWay = new Queue<Task<CommittedBatch>>();
        try
        {
            var checkpoint = await store.FindCheckpointAsync(source.Name, stop);
            meter.SetState(SourceState.Running);
            await foreach (var batch in source.ReadAsync(checkpoint, stop))
            {
                underWay.Enqueue(await flow.EnterAsync(batch, stop));
                while (underWay.TryPeek(out var oldest) && oldest.IsCompleted)
                {
                    sums = await TakeAsync(underWay.Dequeue(), sums, onCommitted);
                }
            }

            sums = sums with { Finished = true };
        }
        catch (Exception e) when (e is ChannelClosedException || (stop.IsCancellationRequested && e is OperationCanceledException))
        {
            // Asked to stop: what is under way still gets its commit, or says why not.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whoever reads it next must begin behind all of this.
            await DrainAsync(underWay, sums, onCommitted);
            throw;
        }

        return await DrainAsync(underWay, sums, onCommitted);
    }

    private static async Task<SourceRun> DrainAsync(Queue<Task<CommittedBatch>> underWay, SourceRun sums, Action<SourceRun>? onCommitted)
    {
        while (underWay.TryDequeue(out var batch))
        {
            sums = await TakeAsync(batch, sums, onCommitted);
        }

        return sums;
    }

    private static async Task<SourceRun> TakeAsync(Task<CommittedBatch> commit, SourceRun sums, Action<SourceRun>? onCommitted)
    {
        var batch = await commit;
        var duplicates = batch.Comments.Count(comment => comment.Outcome == CommentOutcome.Duplicate);
        sums = sums with
        {
            Read = sums.Read + batch.Scored.Batch.Read,
            Committed = sums.Committed + batch.Comments.Count - duplicates,
            Duplicates = sums.Duplicates + duplicates,
            Flagged = sums.Flagged + batch.Comments.Count(comment => comment.Enqueued),
            DeadLettered = sums.DeadLettered + batch.Scored.DeadLetters.Count,
        };
        onCommitted?.Invoke(sums);
        return sums;
    }

    [LoggerMessage(EventId = 110, Level = LogLevel.Error, Message = "Source {Source} stopped: {Reason}")]
    private static partial void SourceFailed(ILogger logger, string source, string reason);

    private sealed class Claimed(ConcurrentDictionary<string, bool> running, string source) : IDisposable
    {
        public void Dispose() => running.TryRemove(source, out _);
    }
}
