using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

using Moderation.Data.Announcing;
using Moderation.Data.DataDirectories;
using Moderation.Data.Maintenance;
using Moderation.Data.Reading;
using Moderation.Data.Registry;
using Moderation.Data.Schema;
using Moderation.Data.Searching;
using Moderation.Data.Writing;
using Moderation.Data.Writing.Batches;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Flow.Replay;
using Moderation.Pipeline.Flow.Supervision;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Sources.History;

namespace Moderation.Data;

/// <summary>Registers the data project.</summary>
public static class DataServiceCollectionExtensions
{
    /// <summary>The pipeline's ports on SQLite, the writer and the readers.</summary>
    public static IServiceCollection AddModerationData(
        this IServiceCollection services, DataDirectory directory, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(directory);
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateOnStart();
        services.AddSingleton(directory);
        services.AddDbContextFactory<ModerationDbContext>(options => options
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = directory.DatabasePath, Mode = SqliteOpenMode.ReadWrite }.ToString())
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors(new ReaderPragmas()));

        services.AddSingleton<DatabaseWriter>();
        services.AddSingleton<DeskObservers>();
        services.AddSingleton<DecisionWriter>();
        services.AddSingleton<ThresholdWriter>();
        services.AddSingleton<SpikeWriter>();
        services.AddSingleton<ISourceStore, SourceWriter>();
        services.AddSingleton<IDeadLetterStore, DeadLetterWriter>();
        services.AddSingleton<IPredictionStore, PredictionStore>();
        services.AddSingleton<IModelRegistry, ModelRegistry>();

        services.AddSingleton<ICommentLog, CommentLog>();

        services.AddSingleton<QueueReader>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton<DecisionReader>();
        services.AddSingleton<ThresholdReader>();
        services.AddSingleton<DeadLetterReader>();
        services.AddSingleton<StorageReader>();
        services.AddSingleton<SpikeReader>();
        services.AddSingleton<LateReader>();
        services.AddSingleton<SearchStatus>();
        services.AddSingleton<SearchReader>();
        return services;
    }

    /// <summary>
    /// What runs beside the pipeline for as long as the host runs: announcing what was committed, feeding the full-text index, and
    /// keeping the house. One process alone may, the one that serves.
    /// </summary>
    public static IServiceCollection AddModerationDataServices(this IServiceCollection services)
    {
        services.AddHostedService<OutboxRelay>();
        services.AddHostedService<SearchIndexer>();
        services.AddHostedService<Housekeeping>();
        return services;
    }

    /// <summary>Brings the database up to date and puts the stored thresholds in force. The caller holds the lock.</summary>
    /// <exception cref="DataDirectoryException">The database cannot be opened, or is of a newer version.</exception>
    public static async Task InitializeModerationDataAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        DatabaseInitializer.Migrate(services.GetRequiredService<DataDirectory>());
        await services.GetRequiredService<ThresholdWriter>().LoadAsync(cancellationToken);
    }

    /// <summary>True when the database is there and older than the program: it must be initialized before it is read.</summary>
    public static bool IsModerationDataOutdated(this IServiceProvider services)
    {
        if (!services.GetRequiredService<DataDirectory>().Exists)
        {
            return false;
        }

        using var context = services.GetRequiredService<IDbContextFactory<ModerationDbContext>>().CreateDbContext();
        return context.Database.GetPendingMigrations().Any();
    }
}
