using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

using Moderation.Pipeline.Flow.Supervision;
using Moderation.Pipeline.Live;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Models.Starter;
using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Sources;

namespace Moderation.Pipeline.Flow;

/// <summary>The hosted service that runs the pipeline: first a model, then the flow, then the sources into it.</summary>
public sealed partial class PipelineService(
    StarterModel starter,
    LiveModel liveModel,
    ModerationFlow flow,
    SourceSupervisor supervisor,
    SourceFactory factory,
    PipelineReadiness readiness,
    ChangeFeed changes,
    IOptions<SourcesOptions> sources,
    IOptions<PipelineOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<PipelineService> logger) : BackgroundService
{
    /// <summary>How long the batches under way may take to be committed at shutdown before they are given up.</summary>
    private static readonly TimeSpan _longestDrain = TimeSpan.FromSeconds(3);

    /// <summary>How often a live model whose file cannot be used is looked for again.</summary>
    private static readonly TimeSpan _modelRetry = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host stops its services one after the other; the sources must stop with the first word of it.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        using var abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var stopReading = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        await using var deadline = stop.Token.Register(() => abort.CancelAfter(_longestDrain));
        try
        {
            // A server that cannot listen must not train a model first.
            await WaitForAsync(lifetime.ApplicationStarted).WaitAsync(stop.Token);
            var prepared = PrepareAsync(stop.Token);
            var reading = supervisor.RunAsync(factory.Create(sources.Value, options.Value), prepared, stopReading.Token);
            await prepared;
            var running = flow.RunAsync(abort.Token);

            // The flow ends by itself only when it breaks; the sources would then wait for places for ever.
            await Task.WhenAny(running, WaitForAsync(stop.Token));
            await stopReading.CancelAsync();
            await reading.WaitAsync(abort.Token);
            flow.Complete();
            await running;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What was not committed by now was not acknowledged either; its source repeats it.
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            readiness.Fail($"The pipeline stopped: {e.Message}");
            throw;
        }
        finally
        {
            await stopReading.CancelAsync();
        }
    }

    /// <summary>Makes sure of a live model. One whose file cannot be used is waited for: for the file, or for another promotion.</summary>
    private async Task PrepareAsync(CancellationToken stop)
    {
        var started = time.GetTimestamp();
        var announced = false;
        while (liveModel.Current is null)
        {
            try
            {
                if (await starter.EnsureAsync(Report, stop))
                {
                    var duration = time.GetElapsedTime(started);
                    StarterTrained(logger, duration);
                }
            }
            catch (ModelFileException e)
            {
                await WaitForModelAsync(e.Message, stop);
            }
        }

        readiness.Succeed();
        changes.Notify();

        void Report(TrainingProgress progress)
        {
            if (!announced)
            {
                announced = true;
                StarterBegins(logger);
            }

            readiness.Report(progress);
            changes.Notify();
        }
    }

    private async Task WaitForModelAsync(string problem, CancellationToken stop)
    {
        if (readiness.Current.Stage != problem)
        {
            ModelUnusable(logger, problem);
            readiness.Fail(problem);
            changes.Notify();
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(liveModel.GetAsync(either.Token).AsTask(), Task.Delay(_modelRetry, time, either.Token));
        await either.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    private static async Task WaitForAsync(CancellationToken token)
    {
        var signalled = new TaskCompletionSource();
        await using var registration = token.Register(signalled.SetResult);
        await signalled.Task;
    }

    [LoggerMessage(EventId = 123, Level = LogLevel.Information, Message = "There is no model yet: training the starter model from the sample")]
    private static partial void StarterBegins(ILogger logger);

    [LoggerMessage(EventId = 120, Level = LogLevel.Information, Message = "The starter model was trained in {Duration}")]
    private static partial void StarterTrained(ILogger logger, TimeSpan duration);

    [LoggerMessage(EventId = 121, Level = LogLevel.Error, Message = "{Reason}")]
    private static partial void ModelUnusable(ILogger logger, string reason);
}
