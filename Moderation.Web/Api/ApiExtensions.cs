namespace Moderation.Web.Api;

/// <summary>The HTTP API.</summary>
internal static class ApiExtensions
{
    private const string Prefix = "/api";

    public static void AddModerationApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddModerationHealth();
        services.AddSingleton<StatsSource>();
        services.AddSingleton<IngestBudget>();
    }

    /// <summary>Every error under /api is a problem document, those of the framework included.</summary>
    public static void UseModerationApi(this WebApplication app) => app.UseWhen(
        static context => context.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal),
        static api =>
        {
            api.UseExceptionHandler(new ExceptionHandlerOptions
            {
                // Kestrel's own refusals, such as a body that is too large, carry the status they mean.
                StatusCodeSelector = static e => (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError,
                SuppressDiagnosticsCallback = static failure => failure.Exception is BadHttpRequestException,
            });
            api.UseStatusCodePages();
        });

    public static void MapModerationApi(this IEndpointRouteBuilder app)
    {
        app.MapHealth();
        app.MapComments();
        app.MapDecisions();
        app.MapGet("/api/v1/stats", static (StatsSource stats) => stats.Read());
        app.Map(Prefix + "/{**rest}", static () => Problems.Of(StatusCodes.Status404NotFound, "There is no such call."));
    }
}
