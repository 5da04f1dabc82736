using Microsoft.Extensions.Options;

using Moderation.Data;
using Moderation.Data.DataDirectories;
using Moderation.Pipeline;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Flow.Replay;
using Moderation.Web.Commands;

namespace Moderation.Web.Control;

/// <summary>A command's access to a data directory: the running server's, or its own under the directory's lock.</summary>
internal sealed class DeskSession : IAsyncDisposable
{
    private static readonly TimeSpan _retry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(10);

    /// <summary>How long the batches under way may take to be committed once the command is stopped.</summary>
    private static readonly TimeSpan _longestDrain = TimeSpan.FromSeconds(3);

    private readonly ServiceProvider? _services;
    private readonly IDisposable? _held;

    private DeskSession(IDeskOperations desk, ServiceProvider? services, IDisposable? held)
    {
        Desk = desk;
        _services = services;
        _held = held;
    }

    public IDeskOperations Desk { get; }

    /// <exception cref="CommandException">Another command holds the directory and does not let go.</exception>
    public static async Task<DeskSession> OpenAsync(IConfiguration configuration, DataDirectory directory, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        while (true)
        {
            if (DataDirectoryLock.TryTake(directory) is { } held)
            {
                return await OpenAloneAsync(configuration, directory, held, cancellationToken);
            }

            if (await ControlSocket.TryConnectAsync(directory, cancellationToken) is { } client)
            {
                return new DeskSession(new RemoteDesk(client), services: null, client);
            }

            // A server that is just starting has the lock and no socket yet; another command lets go when it is done.
            if (time.GetElapsedTime(started) > _longestWait)
            {
                throw new CommandException(
                    $"Another command is writing to the data directory {directory.Root}. Wait until it ends and try again.");
            }

            await Task.Delay(_retry, time, cancellationToken);
        }
    }

    /// <summary>The services of a command that only reads; a database of an older version is brought up to date first.</summary>
    /// <exception cref="CommandException">It is outdated, and another command holds the directory.</exception>
    public static async Task<ServiceProvider> OpenReaderAsync(
        IConfiguration configuration, DataDirectory directory, CancellationToken cancellationToken)
    {
        var services = BuildServices(configuration, directory);
        try
        {
            if (services.IsModerationDataOutdated())
            {
                await using var upgrade = await OpenAsync(configuration, directory, cancellationToken);
            }

            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a file through the pipeline: the server's, or one that runs for as long as this takes.</summary>
    public Task<IngestSummary> IngestAsync(IngestOrder order, Action<IngestSummary> progress, CancellationToken cancellationToken) =>
        RunFlowAsync(() => Desk.IngestAsync(order, progress, cancellationToken), cancellationToken);

    /// <summary>Scores the stored comments in the server's pipeline, or in one that runs for as long as this takes.</summary>
    public Task<RescoreSummary> RescoreAsync(RescoreOrder order, Action<RescoreSummary> progress, CancellationToken cancellationToken) =>
        RunFlowAsync(() => Desk.RescoreAsync(order, progress, cancellationToken), cancellationToken);

    /// <summary>Tries dead letters again in the server's pipeline, or in one that runs for as long as this takes.</summary>
    public Task<ReplayRun> ReplayAsync(ReplayOrder order, CancellationToken cancellationToken) =>
        RunFlowAsync(() => Desk.ReplayAsync(order, cancellationToken), cancellationToken);

    private async Task<T> RunFlowAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (_services is null)
        {
            return await work();
        }

        var flow = _services.GetRequiredService<ModerationFlow>();
        using var abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, TimeProvider.System);

        // A database that stays locked would be waited for without end.
        await using var deadline = cancellationToken.Register(() => abort.CancelAfter(_longestDrain));
        var running = flow.RunAsync(abort.Token);
        try
        {
            return await work();
        }
        finally
        {
            flow.Complete();
            await running;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        _held?.Dispose();
    }

    /// <summary>The services of a command, without a web server.</summary>
    private static ServiceProvider BuildServices(IConfiguration configuration, DataDirectory directory)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole().AddFilter(level => level >= LogLevel.Warning)
            // What fails there ends the command with a sentence of its own.
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None)
            .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        services.AddModerationPipeline(configuration);
        services.AddModerationData(directory, configuration);
        services.AddSingleton<IDeskOperations, DeskOperations>();
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        return provider;
    }

    private static async Task<DeskSession> OpenAloneAsync(
        IConfiguration configuration, DataDirectory directory, DataDirectoryLock held, CancellationToken cancellationToken)
    {
        try
        {
            var services = BuildServices(configuration, directory);
            await services.InitializeModerationDataAsync(cancellationToken);
            return new DeskSession(services.GetRequiredService<IDeskOperations>(), services, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}
