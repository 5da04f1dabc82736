using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Flow.Replay;
using Moderation.Pipeline.Flow.Supervision;
using Moderation.Pipeline.Live;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Models.Starter;
using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.History;
using Moderation.Pipeline.Windows.Spikes;

namespace Moderation.Pipeline;

/// <summary>Registers the pipeline.</summary>
public static class PipelineServiceCollectionExtensions
{
    /// <summary>The section of <see cref="SpikeOptions"/>.</summary>
    public const string SpikesSection = "Moderation:Spikes";

    /// <summary>
    /// Everything but the ports: <see cref="IPredictionStore"/>, <see cref="ISourceStore"/>, <see cref="IDeadLetterStore"/>,
    /// <see cref="ICommentLog"/> and <see cref="IModelRegistry"/> come from the data project. Nothing runs until <see cref="AddModerationPipelineService"/> is called, or a caller runs the flow.
    /// </summary>
    public static IServiceCollection AddModerationPipeline(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PipelineOptions>().Bind(configuration.GetSection(PipelineOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ThresholdOptions>().Bind(configuration.GetSection(ThresholdOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SpikeOptions>().Bind(configuration.GetSection(SpikesSection)).ValidateDataAnnotations()
            .Validate(
                static spikes => spikes.MaximumHistory >= spikes.MinimumHistory,
                $"{SpikesSection}:MaximumHistory is less than {SpikesSection}:MinimumHistory; it can be that or more, up to 576.")
            .ValidateOnStart();
        services.AddOptions<SourcesOptions>().Bind(configuration.GetSection(SourcesOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SourcesOptions>, SourcesOptionsValidator>();

        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<SourceFactory>();
        services.AddSingleton<ModelShelf>();
        services.AddSingleton<ModelTrainer>();
        services.AddSingleton<StarterModel>();
        services.AddSingleton<LiveModel>();
        services.AddSingleton(static provider => new LiveThresholds(
            new ThresholdTable(provider.GetRequiredService<IOptions<ThresholdOptions>>().Value.Default, new Dictionary<string, double>())));
        services.AddSingleton<PipelineStatistics>();
        services.AddSingleton<PipelineReadiness>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<ModerationFlow>();
        services.AddSingleton<SourceRunner>();
        services.AddSingleton<SourceSupervisor>();
        services.AddSingleton<DeadLetterReplay>();
        return services;
    }

    /// <summary>Runs the pipeline with the configured sources for as long as the host runs.</summary>
    public static IServiceCollection AddModerationPipelineService(this IServiceCollection services) =>
        services.AddHostedService<PipelineService>();
}
