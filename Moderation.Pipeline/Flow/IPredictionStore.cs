using Moderation.Pipeline.Sources;

namespace Moderation.Pipeline.Flow;

/// <summary>Where scored comments are kept.</summary>
public interface IPredictionStore
{
    /// <summary>
    /// Commits one or more batches from the head of <paramref name="batches"/> in one transaction, and gives back those:
    /// the store may stop early to let others write. The comments, predictions, dead letters and checkpoint of a batch
    /// are never parted. A comment is unique by (source, external id); the same text again is a duplicate, another text
    /// a new version. Of a batch that was rescored only predictions and the checkpoint are kept, and a prediction that is
    /// there stays: it is unique by comment, text and model.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was committed; the same call may be made again.</exception>
    Task<IReadOnlyList<CommittedBatch>> CommitAsync(IReadOnlyList<ScoredBatch> batches, CancellationToken cancellationToken);

    /// <summary>The position behind the last committed batch of a source; null for a source that never committed.</summary>
    Task<SourcePosition?> FindCheckpointAsync(string source, CancellationToken cancellationToken);
}
