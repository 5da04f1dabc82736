namespace Moderation.Pipeline.Models.Registry;

/// <summary>The models that a desk has; exactly one of them is live once there is any.</summary>
/// <remarks>
/// Promotions are a stack: promoting puts a version on top, rolling back takes the top off, and what is on top is live.
/// So rolling back again and again walks back through what was live, however often a version had its turn, and a
/// promotion after a rollback goes on from there. Every promotion and every rollback stays on record.
/// </remarks>
public interface IModelRegistry
{
    /// <summary>Grows with every change, so that a page sees without a query whether there is anything new.</summary>
    long Revision { get; }

    /// <summary>Newest version first.</summary>
    Task<IReadOnlyList<RegisteredModel>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Promotions and rollbacks, newest first.</summary>
    /// <param name="limit">1 to 1,000.</param>
    Task<IReadOnlyList<PromotionEvent>> HistoryAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Keeps a model as a candidate under a new version.</summary>
    Task<RegisteredModel> RegisterAsync(TrainedModel model, CancellationToken cancellationToken);

    /// <summary>Makes a version live; the one before it retires. Promoting the live version changes nothing.</summary>
    /// <param name="actor">Who wants it.</param>
    /// <exception cref="ModelRegistryException">There is no such version, or its file cannot be used.</exception>
    Task<RegisteredModel> PromoteAsync(string version, string actor, CancellationToken cancellationToken);

    /// <summary>Takes the newest promotion back: the version that was live before it is live again.</summary>
    /// <param name="actor">Who wants it.</param>
    /// <param name="expected">The version that the person expects back; null for whichever it is.</param>
    /// <exception cref="ModelRegistryException">There is none, its file cannot be used, or it is not the expected one.</exception>
    Task<RegisteredModel> RollBackAsync(string actor, string? expected, CancellationToken cancellationToken);

    /// <summary>The live model, or null before the first promotion.</summary>
    Task<RegisteredModel?> FindLiveAsync(CancellationToken cancellationToken);

    /// <summary>Any version, ready to score; it need not be live and does not become so.</summary>
    /// <exception cref="ModelRegistryException">There is no such version, or its file cannot be used.</exception>
    Task<LoadedModel> LoadAsync(string version, CancellationToken cancellationToken);

    /// <summary>The version that a rollback would bring back, or null when there is none.</summary>
    Task<string?> FindPreviousAsync(CancellationToken cancellationToken);
}
