using Moderation.Data.Writing;
using Moderation.Pipeline.Live;

namespace Moderation.Web.Hubs;

internal static class HubExtensions
{
    public const string Path = "/hubs/moderation";

    public static void AddModerationHub(this IServiceCollection services)
    {
        services.AddSignalR();
        services.AddSingleton<HubRelay>();
        services.AddSingleton<IAlertSink>(static provider => provider.GetRequiredService<HubRelay>());
        services.AddSingleton<IDeskObserver>(static provider => provider.GetRequiredService<HubRelay>());
        services.AddHostedService(static provider => provider.GetRequiredService<HubRelay>());
        services.AddHostedService<StatsBroadcaster>();
    }

    public static void MapModerationHub(this IEndpointRouteBuilder app) => app.MapHub<ModerationHub>(Path);
}
