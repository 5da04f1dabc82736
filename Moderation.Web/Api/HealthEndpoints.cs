using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

using Moderation.Data.DataDirectories;
using Moderation.Data.Schema;
using Moderation.Data.Searching;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Sources;

namespace Moderation.Web.Api;

/// <summary><c>/health/live</c> and <c>/health/ready</c>.</summary>
internal static class HealthEndpoints
{
    private const string ReadyTag = "ready";

    public static void AddModerationHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<DatabaseCheck>("database", tags: [ReadyTag])
        .AddCheck<ModelCheck>("model", tags: [ReadyTag])
        .AddCheck<FlowCheck>("pipeline", tags: [ReadyTag])
        .AddCheck<SourcesCheck>("sources", tags: [ReadyTag])
        .AddCheck<ClockCheck>("clock", tags: [ReadyTag])
        .AddCheck<SearchCheck>("search", tags: [ReadyTag]);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = static check => check.Tags.Contains(ReadyTag),
            ResponseWriter = WriteAsync,

            // Degraded is 200: comments are taken and scored, and somebody should look.
        });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString().ToLowerInvariant(),
        checks = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new { status = entry.Value.Status.ToString().ToLowerInvariant(), description = entry.Value.Description }),
    });

    private sealed class DatabaseCheck(IDbContextFactory<ModerationDbContext> contexts, DataDirectory directory) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (!directory.Exists)
            {
                // Connections that are open would go on reading a file that was moved away.
                return HealthCheckResult.Unhealthy($"The database {directory.DatabasePath} is not there. Put the data directory back.");
            }

            try
            {
                await using var database = await contexts.CreateDbContextAsync(cancellationToken);
                _ = await database.Sources.AnyAsync(cancellationToken);
                return HealthCheckResult.Healthy("readable");
            }
            catch (Microsoft.Data.Sqlite.SqliteException e)
            {
                return HealthCheckResult.Unhealthy($"The database cannot be read: {e.Message}");
            }
        }
    }

    private sealed class ModelCheck(LiveModel live, PipelineReadiness readiness) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(live.Current is not { } model ? HealthCheckResult.Unhealthy(readiness.Current.Stage)
                : live.Problem is { } problem ? HealthCheckResult.Degraded(problem)
                : HealthCheckResult.Healthy($"{model.Version} is live"));
    }

    private sealed class FlowCheck(PipelineReadiness readiness, ModerationFlow flow) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var current = readiness.Current;
            return Task.FromResult(!current.Ready
                ? HealthCheckResult.Unhealthy(current.Stage)
                : flow.Problem is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy("running"));
        }
    }

    /// <summary>The configured sources: what a command reads is that command's own business.</summary>
    private sealed class SourcesCheck(PipelineStatistics statistics, IOptions<SourcesOptions> options) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var failed = statistics.Read().Sources
                .Where(source => source.Problem is not null && options.Value.Names.Contains(source.Name))
                .Select(source => $"{source.Name}: {source.Problem}")
                .ToList();
            return Task.FromResult(failed.Count == 0 ? HealthCheckResult.Healthy("readable") : HealthCheckResult.Degraded(string.Join(' ', failed)));
        }
    }

    private sealed class ClockCheck(ModerationFlow flow) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(flow.ClockProblem is { } problem ? HealthCheckResult.Degraded(problem) : HealthCheckResult.Healthy("goes forward"));
    }

    private sealed class SearchCheck(SearchStatus status) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(status.Read() is { Problem: { } problem }
                ? HealthCheckResult.Degraded(problem)
                : HealthCheckResult.Healthy("indexing"));
    }
}
