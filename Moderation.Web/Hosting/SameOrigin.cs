namespace Moderation.Web.Hosting;

/// <summary>
/// Refuses connections that a page of another site opens from a moderator's browser. Browsers let any page open a
/// WebSocket to any address, and say only in the Origin header whose page it is.
/// </summary>
internal static class SameOrigin
{
    private static readonly string[] _connected = ["/hubs", "/_blazor"];

    public static void UseSameOrigin(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (Array.Exists(_connected, path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal)) && IsForeign(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    });

    /// <summary>Programs send no Origin; a browser always does.</summary>
    private static bool IsForeign(HttpRequest request) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin
        && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
