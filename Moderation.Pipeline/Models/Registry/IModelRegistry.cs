namespace Moderation.Pipeline.Models.Registry;

/// <summary>The models that a desk has; exactly one of them is live once there is any.</summary>
public interface IModelRegistry
{
    Task<IReadOnlyList<RegisteredModel>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a model as a candidate under a new version.</summary>
    Task<RegisteredModel> RegisterAsync(TrainedModel model, CancellationToken cancellationToken);

    /// <summary>Makes a version live; the one before it retires.</summary>
    /// <exception cref="ModelRegistryException">There is no such version, or its file cannot be used.</exception>
    Task<RegisteredModel> PromoteAsync(string version, CancellationToken cancellationToken);

    /// <summary>Makes the version live again that was live before the present one.</summary>
    /// <exception cref="ModelRegistryException">There is none, or its file cannot be used.</exception>
    Task<RegisteredModel> RollBackAsync(CancellationToken cancellationToken);

    /// <summary>The live model, or null before the first promotion.</summary>
    Task<RegisteredModel?> FindLiveAsync(CancellationToken cancellationToken);
}
