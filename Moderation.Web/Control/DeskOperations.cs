using System.Threading.Channels;

using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Flow.Replay;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Models.Starter;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.Files;
using Moderation.Pipeline.Sources.History;

namespace Moderation.Web.Control;

/// <summary>A file to run through the pipeline.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Rate">Comments a second; null for as fast as it goes.</param>
internal sealed record IngestOrder(string Path, string Source, string? TextColumn, double? Rate);

/// <summary>What an ingest came to, in the words of its last line of output.</summary>
internal sealed record IngestSummary(
    long Read, long Committed, long Duplicates, long Flagged, long Late, long DeadLettered, double Seconds, double PerSecond);

/// <summary>A model that scores the stored comments.</summary>
/// <param name="Rate">Comments a second; null for as fast as it goes.</param>
internal sealed record RescoreOrder(string Version, double? Rate);

/// <summary>What rescoring came to, in the words of its last line of output.</summary>
/// <param name="Read">Comments; those that are neither rescored nor known could not be scored.</param>
/// <param name="Known">They had the model's prediction before.</param>
internal sealed record RescoreSummary(string Model, long Read, long Rescored, long Known, double Seconds, double PerSecond);

/// <summary>Dead letters to try again.</summary>
/// <param name="Ids">Which; null for all that wait.</param>
/// <param name="Source">With all: those of one source; null for all sources.</param>
internal sealed record ReplayOrder(IReadOnlyList<long>? Ids, string? Source);

/// <summary>A threshold to set.</summary>
internal sealed record ThresholdOrder(double? Value, string? Community, string? Note, string Actor);

/// <summary>A model as commands list it.</summary>
internal sealed record ModelSummary(
    string Version, string State, DateTimeOffset RegisteredAt, DateTimeOffset? PromotedAt, string? PromotedBy, string File, ModelCard Card)
{
    public static ModelSummary From(RegisteredModel model) => new(
        model.Version, model.State.ToString().ToLowerInvariant(), model.RegisteredAt, model.LastPromotion?.At, model.LastPromotion?.Actor,
        model.Path, model.Card);
}

/// <summary>
/// What commands change. A command that runs alone does it itself under the directory's lock; beside a running server
/// it hands the work over. Both ends run this same code.
/// </summary>
internal interface IDeskOperations
{
    Task<ThresholdVersion> SetThresholdAsync(ThresholdOrder order, CancellationToken cancellationToken);

    /// <param name="file">A model file, which is read and may be deleted afterwards.</param>
    Task<ModelSummary> RegisterModelAsync(string file, bool promote, CancellationToken cancellationToken);

    Task<ModelSummary> PromoteModelAsync(string version, CancellationToken cancellationToken);

    Task<ModelSummary> RollBackModelAsync(CancellationToken cancellationToken);

    /// <summary>Trains the starter model if there is no model yet.</summary>
    Task EnsureModelAsync(Action<string, double> progress, CancellationToken cancellationToken);

    /// <param name="progress">Called with the sums so far.</param>
    Task<IngestSummary> IngestAsync(IngestOrder order, Action<IngestSummary> progress, CancellationToken cancellationToken);

    /// <param name="progress">Called with the sums so far.</param>
    Task<RescoreSummary> RescoreAsync(RescoreOrder order, Action<RescoreSummary> progress, CancellationToken cancellationToken);

    /// <summary>Tries dead letters again.</summary>
    Task<ReplayRun> ReplayAsync(ReplayOrder order, CancellationToken cancellationToken);

    /// <summary>Lets dead letters go without a comment.</summary>
    /// <returns>How many of them were waiting.</returns>
    Task<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken);
}

/// <summary>Does it here, in this process, with its services.</summary>
internal sealed class DeskOperations(
    ThresholdWriter thresholds,
    IModelRegistry registry,
    StarterModel starter,
    SourceRunner runner,
    DeadLetterReplay replay,
    IDeadLetterStore letters,
    ICommentLog log,
    PipelineStatistics statistics,
    Microsoft.Extensions.Options.IOptions<PipelineOptions> options,
    TimeProvider time) : IDeskOperations
{
    /// <summary>Who promoted a model, as far as the registry is told.</summary>
    private const string Actor = "command line";

    public Task<ThresholdVersion> SetThresholdAsync(ThresholdOrder order, CancellationToken cancellationToken) =>
        thresholds.SetAsync(order.Community, order.Value, order.Note, order.Actor, cancellationToken);

    public async Task<ModelSummary> RegisterModelAsync(string file, bool promote, CancellationToken cancellationToken)
    {
        var model = await Task.Run(() => ModelFile.Read(file), cancellationToken);
        var registered = await registry.RegisterAsync(model, cancellationToken);
        return ModelSummary.From(promote ? await registry.PromoteAsync(registered.Version, Actor, cancellationToken) : registered);
    }

    public async Task<ModelSummary> PromoteModelAsync(string version, CancellationToken cancellationToken) =>
        ModelSummary.From(await registry.PromoteAsync(version, Actor, cancellationToken));

    public async Task<ModelSummary> RollBackModelAsync(CancellationToken cancellationToken) =>
        ModelSummary.From(await registry.RollBackAsync(Actor, expected: null, cancellationToken));

    public Task EnsureModelAsync(Action<string, double> progress, CancellationToken cancellationToken) =>
        starter.EnsureAsync(step => progress($"Starter model: {step.Stage}", step.Fraction), cancellationToken);

    public async Task<ReplayRun> ReplayAsync(ReplayOrder order, CancellationToken cancellationToken)
    {
        try
        {
            return order.Ids is { } ids
                ? await replay.RunAsync(ids, progress: null, cancellationToken)
                : await replay.RunAllAsync(order.Source, progress: null, cancellationToken);
        }
        catch (Exception e) when (e is ChannelClosedException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new SourceException("The pipeline is shutting down; run the command again to try the rest.");
        }
    }

    public Task<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) => letters.DiscardAsync(ids, cancellationToken);

    public async Task<IngestSummary> IngestAsync(IngestOrder order, Action<IngestSummary> progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var meter = statistics.Source(order.Source);
        var lateBefore = meter.Late;
        var source = new FileSource(
            new FileSourceOptions
            {
                Name = order.Source,
                Path = order.Path,
                Columns = new CommentFileOptions { BodyColumn = order.TextColumn },
                Rate = order.Rate,
                BatchSize = options.Value.BatchSize,
                BatchDelay = TimeSpan.FromMilliseconds(options.Value.BatchDelayMilliseconds),
            },
            time);
        var run = await runner.RunAsync(source, sums => progress(Summarise(sums)), cancellationToken);
        return run.Finished ? Summarise(run) : throw new OperationCanceledException("The pipeline stopped before the file ended.", cancellationToken);

        IngestSummary Summarise(SourceRun sums)
        {
            var seconds = time.GetElapsedTime(started).TotalSeconds;
            return new IngestSummary(
                sums.Read, sums.Committed, sums.Duplicates, sums.Flagged, meter.Late - lateBefore, sums.DeadLettered,
                Math.Round(seconds, 3), Math.Round(sums.Read / Math.Max(seconds, 0.001), 1));
        }
    }

    public async Task<RescoreSummary> RescoreAsync(RescoreOrder order, Action<RescoreSummary> progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var model = await registry.LoadAsync(order.Version, cancellationToken);
        var source = new HistorySource(
            model,
            log,
            new HistorySourceOptions
            {
                Rate = order.Rate,
                BatchSize = options.Value.BatchSize,
                BatchDelay = TimeSpan.FromMilliseconds(options.Value.BatchDelayMilliseconds),
            },
            time);
        var run = await runner.RunAsync(source, sums => progress(Summarise(sums)), cancellationToken);
        return run.Finished ? Summarise(run) : throw new OperationCanceledException("The pipeline stopped before the history ended.", cancellationToken);

        RescoreSummary Summarise(SourceRun sums)
        {
            var seconds = time.GetElapsedTime(started).TotalSeconds;
            return new RescoreSummary(
                model.Version, sums.Read, sums.Committed, sums.Duplicates,
                Math.Round(seconds, 3), Math.Round(sums.Read / Math.Max(seconds, 0.001), 1));
        }
    }
}
