using System.Net.Sockets;

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

using Moderation.Data;
using Moderation.Data.DataDirectories;
using Moderation.Pipeline;
using Moderation.Web.Api;
using Moderation.Web.Commands;
using Moderation.Web.Components;
using Moderation.Web.Control;
using Moderation.Web.Hubs;

namespace Moderation.Web.Hosting;

/// <summary>The running desk: web server, pipeline and control socket under one roof.</summary>
internal static class DeskServer
{
    /// <summary>Largest request body, in bytes.</summary>
    public const long LargestBody = 32 * 1024 * 1024;

    /// <summary>Everything must be over well within the five seconds that a service manager gives.</summary>
    private static readonly TimeSpan _longestShutdown = TimeSpan.FromSeconds(4);

    public static async Task<int> RunAsync(string[] settings, string? urls, CancellationToken stop)
    {
        var configuration = DeskConfiguration.Read(settings);
        var addresses = ListenAddress.Parse(urls ?? configuration["ASPNETCORE_URLS"] ?? configuration["urls"] ?? ListenAddress.Default);
        var directory = DeskConfiguration.DataDirectory(configuration);
        using var held = DataDirectoryLock.TryTake(directory)
            ?? throw new CommandException(
                $"The data directory {directory.Root} is in use by another process. Stop that one, or choose another directory with --Moderation:DataDirectory=PATH.");
        var socket = ControlSocket.Prepare(directory);
        try
        {
            var listening = false;
            await using var app = Build(configuration, addresses, directory, socket, () => listening);
            await app.Services.InitializeModerationDataAsync(stop);
            await StartAsync(app, addresses, stop);
            ControlSocket.Protect(socket);
            listening = true;
            Welcome(app, directory);
            await app.WaitForShutdownAsync(stop);

            // The pipeline stopping with an error takes the host down with it; whoever started it must see that.
            return app.Services.GetRequiredService<Pipeline.Flow.PipelineReadiness>().Current.Failed ? 1 : 0;
        }
        finally
        {
            ControlSocket.CleanUp(directory, socket);
        }
    }

    private static WebApplication Build(
        IConfiguration configuration, IReadOnlyList<ListenAddress> addresses, DataDirectory directory, string socket, Func<bool> isListening)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

        // What was checked is what counts: no other file, no other order.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // A start that fails ends in a sentence; the host would put its stack traces before it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && isListening());
        builder.Services.Configure<HostOptions>(static host =>
        {
            host.ShutdownTimeout = _longestShutdown;

            // None needs another to stop: what is under way is committed while the index and the relay come to their end.
            host.ServicesStopConcurrently = true;
        });
        builder.Services.PostConfigure<HostFilteringOptions>(static hosts =>
        {
            // A page of another site that points its own name at this machine must not get in.
            hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"];
            hosts.AllowEmptyHosts = false;
        });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            foreach (var address in addresses)
            {
                if (address.IsLocalhost && address.Port != 0)
                {
                    kestrel.ListenLocalhost(address.Port);
                }
                else
                {
                    kestrel.Listen(address.Address, address.Port);
                }
            }

            kestrel.ListenUnixSocket(socket, endpoint => endpoint.MarkAsControl());
        });

        builder.Services.AddModerationPipeline(builder.Configuration);
        builder.Services.AddModerationData(directory, builder.Configuration);
        builder.Services.AddModerationDataServices();
        builder.Services.AddModerationPipelineService();
        builder.Services.AddSingleton<IDeskOperations, DeskOperations>();
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(directory.KeysPath));
        builder.Services.AddModerationApi();
        builder.Services.AddModerationHub();
        builder.Services.AddModerationPages();

        var app = builder.Build();
        app.UseModerationHeaders();
        app.UseSameOrigin();
        app.UseModerationPages();

        // Behind the page for wrong addresses, which sends the request through here again.
        app.UseRouting();
        app.UseModerationApi();
        app.UseModerationAssets();
        app.UseAntiforgery();
        app.MapModerationApi();
        app.MapControl();
        app.MapModerationHub();
        app.MapModerationPages();
        return app;
    }

    private static async Task StartAsync(WebApplication app, IReadOnlyList<ListenAddress> addresses, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            var wanted = string.Join(" or ", addresses.Select(address => $"http://{address.Host}:{address.Port}"));
            throw new CommandException(
                $"{wanted} is taken by another program. Stop that one, or choose another address, for example --urls http://localhost:{addresses[0].Port + 1}.");
        }
        catch (SocketException e)
        {
            throw new CommandException($"The desk cannot listen on {string.Join(" or ", addresses.Select(address => address.Host))}: {e.Message}");
        }
    }

    private static void Welcome(WebApplication app, DataDirectory directory)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Where(address => !address.StartsWith("http://unix:", StringComparison.Ordinal));
        CommandConsole.Result($"The moderation desk is at {string.Join(" and ", bound)}");
        CommandConsole.Note("It listens to this machine only: there are no accounts yet, so whoever reaches it can decide.");
        CommandConsole.Note($"Data directory: {directory.Root}. Press Ctrl+C to stop.");
        if (app.Configuration["Moderation:Setup:AdminPassword"] is not null)
        {
            CommandConsole.Note("Moderation:Setup:AdminPassword is not used: this version has no accounts yet.");
        }
    }
}
