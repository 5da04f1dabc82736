using Microsoft.Extensions.FileProviders;

namespace Moderation.Web.Hosting;

/// <summary>The project's own web root, which run and publish both carry beside the program.</summary>
internal static class Assets
{
    private const string Folder = "wwwroot-assets";

    public static void UseModerationAssets(this IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        FileProvider = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, Folder)),
        // Asked again each time (304 when unchanged), so that a new version of the program never meets old styles.
        OnPrepareResponse = static context => context.Context.Response.Headers.CacheControl = "no-cache",
    });
}
