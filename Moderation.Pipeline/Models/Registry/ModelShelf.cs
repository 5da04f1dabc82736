namespace Moderation.Pipeline.Models.Registry;

/// <summary>Scorers of models that may not be live any more, to explain what they scored; a few are kept loaded.</summary>
public sealed class ModelShelf(IModelRegistry registry, LiveModel live)
{
    /// <summary>Scorers that are kept beside the live one, about a megabyte each.</summary>
    private const int MostKept = 4;

    private readonly Lock _lock = new();
    private readonly List<(string Version, Scorer? Scorer)> _kept = [];

    /// <summary>The scorer of a version; null when its file cannot be used any more.</summary>
    public async Task<Scorer?> FindAsync(string version, CancellationToken cancellationToken)
    {
        if (live.Current is { } current && current.Version == version)
        {
            return current.Scorer;
        }

        lock (_lock)
        {
            if (_kept.FindIndex(entry => entry.Version == version) is >= 0 and var index)
            {
                return _kept[index].Scorer;
            }
        }

        var scorer = await LoadAsync(version, cancellationToken);
        lock (_lock)
        {
            _kept.RemoveAll(entry => entry.Version == version);
            _kept.Add((version, scorer));
            if (_kept.Count > MostKept)
            {
                _kept.RemoveAt(0);
            }
        }

        return scorer;
    }

    private async Task<Scorer?> LoadAsync(string version, CancellationToken cancellationToken)
    {
        var models = await registry.ListAsync(cancellationToken);
        try
        {
            return models.FirstOrDefault(model => model.Version == version) is { } found
                ? await Task.Run(() => ModelFile.Read(found.Path).Scorer, cancellationToken)
                : null;
        }
        catch (ModelFileException)
        {
            // Its comments are shown without marks; the Models page says what is wrong with it.
            return null;
        }
    }
}
