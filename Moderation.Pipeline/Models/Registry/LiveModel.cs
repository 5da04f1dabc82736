namespace Moderation.Pipeline.Models.Registry;

/// <summary>A model in use: its version and its scorer, swapped together.</summary>
public sealed record LoadedModel(int Key, string Version, Scorer Scorer, ModelCard Card)
{
    /// <summary>The file that it was read from, absolute; null when it came from none.</summary>
    public string? Path { get; init; }
}

/// <summary>
/// The model in force. A worker reads <see cref="Current"/> once for each batch, so a promotion takes effect between
/// batches and no batch is scored by two models.
/// </summary>
public sealed class LiveModel
{
    private readonly TaskCompletionSource<LoadedModel> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LoadedModel? _current;

    /// <summary>Null until the first model is loaded.</summary>
    public LoadedModel? Current => Volatile.Read(ref _current);

    /// <summary>What is wrong with the model in force although it scores, in a sentence; null while all is well. Looks at the disk.</summary>
    public string? Problem => Current is { Path: { } path } model && !File.Exists(path)
        ? $"Model {model.Version} scores from memory, but its file {path} is gone. Put it back, or promote another model: the next start cannot load it."
        : null;

    public void Swap(LoadedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Volatile.Write(ref _current, model);
        _first.TrySetResult(model);
    }

    /// <summary>
    /// Puts the stored model in force at the start, unless one was promoted while its file was being read: that one is newer.
    /// </summary>
    public void SwapIfNone(LoadedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (Interlocked.CompareExchange(ref _current, model, null) is null)
        {
            _first.TrySetResult(model);
        }
    }

    /// <summary>The current model, waiting for the first one if need be.</summary>
    public ValueTask<LoadedModel> GetAsync(CancellationToken cancellationToken) =>
        Current is { } model ? ValueTask.FromResult(model) : new ValueTask<LoadedModel>(_first.Task.WaitAsync(cancellationToken));
}
