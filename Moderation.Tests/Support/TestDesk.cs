using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

using Moderation.Data;
using Moderation.Data.DataDirectories;
using Moderation.Pipeline;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;

namespace Moderation.Tests.Support;

/// <summary>The real pipeline and the real database in a folder of a test's own, without a web server.</summary>
public sealed class TestDesk : IAsyncDisposable
{
    private readonly TemporaryFolder? _ownFolder;
    private readonly ServiceProvider _services;

    private TestDesk(TemporaryFolder? ownFolder, ServiceProvider services)
    {
        _ownFolder = ownFolder;
        _services = services;
    }

    public DataDirectory Directory => Get<DataDirectory>();

    /// <summary>A desk on a migrated database.</summary>
    /// <param name="folder">Where; a temporary folder of its own when null.</param>
    /// <param name="initialize">False to look into a database that another process is writing to.</param>
    /// <param name="configure">Replaces services.</param>
    public static async Task<TestDesk> CreateAsync(
        string? folder = null, TimeProvider? time = null, Action<IServiceCollection>? configure = null, bool initialize = true,
        params (string Key, string Value)[] settings)
    {
        var own = folder is null ? new TemporaryFolder() : null;
        var directory = new DataDirectory(folder ?? own!.Path);
        directory.Create();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Critical));
        services.AddModerationPipeline(configuration);
        services.AddModerationData(directory, configuration);
        if (time is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(time));
        }

        configure?.Invoke(services);
        var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        if (initialize)
        {
            await provider.InitializeModerationDataAsync(CancellationToken.None);
        }

        return new TestDesk(own, provider);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Registers a model as live; every comment scores the probability that the bias gives.</summary>
    public async Task UseConstantModelAsync(double probability)
    {
        var model = new TrainedModel(TestModels.Constant(probability), TestModels.Card);
        var registry = Get<IModelRegistry>();
        var registered = await registry.RegisterAsync(model, CancellationToken.None);
        await registry.PromoteAsync(registered.Version, "test", CancellationToken.None);
    }

    /// <summary>Runs the flow while <paramref name="work"/> runs, and drains it afterwards.</summary>
    public async Task<T> RunFlowAsync<T>(Func<ModerationFlow, Task<T>> work)
    {
        var flow = Get<ModerationFlow>();
        using var abort = new CancellationTokenSource();
        var running = flow.RunAsync(abort.Token);
        try
        {
            return await work(flow);
        }
        finally
        {
            flow.Complete();
            await running;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _ownFolder?.Dispose();
    }
}
