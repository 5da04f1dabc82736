namespace Moderation.Pipeline.Flow.Replay;

/// <summary>Where dead letters wait. A replayed one is closed by the commit of its comment, and by nothing else.</summary>
public interface IDeadLetterStore
{
    /// <summary>One that waits; null when there is none of this id, or it is closed.</summary>
    Task<StoredDeadLetter?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>The newest id given so far; 0 when there is none.</summary>
    Task<long> NewestAsync(CancellationToken cancellationToken);

    /// <summary>Those that wait, oldest first, with ids above <paramref name="after"/> and up to <paramref name="upTo"/>.</summary>
    /// <param name="source">Null for those of all sources.</param>
    Task<IReadOnlyList<StoredDeadLetter>> NextAsync(string? source, long after, long upTo, int limit, CancellationToken cancellationToken);

    /// <summary>Counts a try in vain and keeps the new reason; those that were closed meanwhile stay as they are.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was changed.</exception>
    Task FailAsync(IReadOnlyList<FailedReplay> failures, CancellationToken cancellationToken);

    /// <summary>Closes letters without a comment.</summary>
    /// <returns>How many of them were waiting.</returns>
    /// <exception cref="StoreUnavailableException">Nothing was changed.</exception>
    Task<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken);
}
