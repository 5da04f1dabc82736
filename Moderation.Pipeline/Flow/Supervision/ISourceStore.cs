namespace Moderation.Pipeline.Flow.Supervision;

/// <summary>Where it is kept how sources stand. What a person asks for outlives a power cut.</summary>
public interface ISourceStore
{
    /// <summary>How a source stands; <see cref="SourceRecord.New"/> for one that is not known yet.</summary>
    Task<SourceRecord> FindAsync(string source, CancellationToken cancellationToken);

    /// <exception cref="StoreUnavailableException">Nothing was changed.</exception>
    Task SetPausedAsync(string source, bool paused, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets the checkpoint, so that the source begins anew. Nobody may be reading the source meanwhile: a batch under
    /// way would bring the checkpoint back.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was changed.</exception>
    Task RewindAsync(string source, CancellationToken cancellationToken);
}
