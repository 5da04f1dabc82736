using Moderation.Pipeline.Sources;

namespace Moderation.Pipeline.Flow;

/// <summary>Where scored comments are kept.</summary>
public interface IPredictionStore
{
    /// <summary>
    /// Commits comments, predictions, dead letters and checkpoints of all <paramref name="batches"/> in one
    /// transaction: all of them or none. A comment is unique by (source, external id); the same text again is a
    /// duplicate, another text a new version.
    /// </summary>
    Task<IReadOnlyList<CommittedBatch>> CommitAsync(IReadOnlyList<ScoredBatch> batches, CancellationToken cancellationToken);

    /// <summary>The position behind the last committed batch of a source; null for a source that never committed.</summary>
    Task<SourcePosition?> FindCheckpointAsync(string source, CancellationToken cancellationToken);
}
