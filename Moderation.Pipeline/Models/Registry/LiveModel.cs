namespace Moderation.Pipeline.Models.Registry;

/// <summary>A model in use: its version and its scorer, swapped together.</summary>
public sealed record LoadedModel(int Key, string Version, Scorer Scorer, ModelCard Card);

/// <summary>
/// The model in force. A worker reads <see cref="Current"/> once for each batch, so a promotion takes effect between
/// batches and no batch is scored by two models.
/// </summary>
public sealed class LiveModel
{
    private readonly TaskCompletionSource<LoadedModel> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile LoadedModel? _current;

    /// <summary>Null until the first model is loaded.</summary>
    public LoadedModel? Current => _current;

    public void Swap(LoadedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _current = model;
        _first.TrySetResult(model);
    }

    /// <summary>The current model, waiting for the first one if need be.</summary>
    public ValueTask<LoadedModel> GetAsync(CancellationToken cancellationToken) =>
        _current is { } model ? ValueTask.FromResult(model) : new ValueTask<LoadedModel>(_first.Task.WaitAsync(cancellationToken));
}
