using MudBlazor;
using MudBlazor.Services;

namespace Moderation.Web.Components;

/// <summary>The dashboard's pages.</summary>
internal static class PagesExtensions
{
    public static void AddModerationPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            // A circuit is kept for a while after its connection is lost; few and briefly is enough to recover.
            circuits.DisconnectedCircuitMaxRetained = 20;
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
        });
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter;
            mud.SnackbarConfiguration.PreventDuplicates = false;
            mud.SnackbarConfiguration.MaxDisplayedSnackbars = 3;
        });
    }

    /// <summary>A person who mistypes an address gets a page that says so; programs get the bare 404.</summary>
    public static void UseModerationPages(this IApplicationBuilder app) => app.UseWhen(
        static context => HttpMethods.IsGet(context.Request.Method)
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase),
        static pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));

    public static void MapModerationPages(this IEndpointRouteBuilder app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(
            static options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
