using Microsoft.Extensions.Logging;

using Moderation.Pipeline.Models.Hashed.Training;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Sources.Sample;

namespace Moderation.Pipeline.Models.Starter;

/// <summary>Gives a desk without any model its first one, trained from the texts that come with the program.</summary>
public sealed partial class StarterModel(IModelRegistry registry, LiveModel live, ModelTrainer trainer, ILogger<StarterModel> logger)
{
    /// <summary>Who promotes the starter.</summary>
    private const string Actor = "the program";

    /// <summary>
    /// What the search for settings finds on these very texts; searching again at every first start would take two
    /// seconds of a newcomer's time to find the same.
    /// </summary>
    private static readonly FitSettings _settings = new(2.5f, 2);

    /// <summary>Trains the starter and measures it on the sample's other half.</summary>
    public static TrainedModel Train(ModelTrainer trainer, Action<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        var model = trainer.Train(
            new HashedRecipe(_settings), StarterCorpus.Shared.Rows, SampleCorpus.Shared.HeldOutRows, "the built-in texts", progress, cancellationToken);
        return model with { Card = model.Card with { Elsewhere = StarterElsewhere.ResultsFor(model.Card.DataFingerprint) } };
    }

    /// <summary>
    /// Loads the live model, training and promoting the starter first if there is none, or if it was written by an
    /// older program in a form that this one does not read.
    /// </summary>
    /// <returns>True when the starter was trained just now.</returns>
    /// <exception cref="ModelFileException">The live model's file cannot be used.</exception>
    public async Task<bool> EnsureAsync(Action<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var known = await registry.FindLiveAsync(cancellationToken);
        if (known is not null && ModelFile.IsOlderFormat(known.Path))
        {
            LogOlderFormat(known.Version);
        }
        else if (known is not null)
        {
            var model = await Task.Run(() => ModelFile.Read(known.Path), cancellationToken);
            live.SwapIfNone(new LoadedModel(known.Key, known.Version, model.Scorer, model.Card) { Path = known.Path });
            return false;
        }

        var starter = await Task.Run(() => Train(trainer, progress, cancellationToken), cancellationToken);
        var registered = await registry.RegisterAsync(starter, cancellationToken);
        await registry.PromoteAsync(registered.Version, Actor, cancellationToken);
        return true;
    }

    [LoggerMessage(310, LogLevel.Warning, "The live model {Version} was written by an older program and cannot be read by this one. The starter model takes its place; train your own again with 'train --promote'.")]
    private partial void LogOlderFormat(string version);
}
