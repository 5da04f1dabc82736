using System.Diagnostics;
using System.Net.Http.Json;

using Moderation.Tests.Support;

namespace Moderation.Tests.Browser;

/// <summary>The built program, running as a process of its own in a folder of its own.</summary>
public sealed class Desk : IAsyncDisposable
{
    private const string Greeting = "The moderation desk is at ";

    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan _longestStop = TimeSpan.FromSeconds(30);
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "Moderation.Web.dll");

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(1) };
    private readonly string[] _settings;
    private Process? _process;

    private Desk(string[] settings) => _settings = settings;

    /// <summary>Where it listens, with a slash at the end.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0/");

    /// <summary>A desk that takes comments through its API only.</summary>
    public static Task<Desk> StartForApiAsync(params string[] settings) => StartAsync(["--Moderation:Sources:0:Type=api", .. settings]);

    /// <summary>Starts a desk and waits until it is ready.</summary>
    /// <param name="settings">As on the command line; without a source it streams the built-in sample.</param>
    public static async Task<Desk> StartAsync(params string[] settings)
    {
        var desk = await StartUnreadyAsync(settings);
        await desk.WaitUntilReadyAsync();
        return desk;
    }

    /// <summary>Starts a desk and comes back as soon as it listens.</summary>
    public static async Task<Desk> StartUnreadyAsync(params string[] settings)
    {
        var desk = new Desk(settings);
        try
        {
            await desk.LaunchAsync("http://127.0.0.1:0");
            return desk;
        }
        catch
        {
            await desk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again on the address and the data that it had.</summary>
    public async Task StartAgainAsync()
    {
        await LaunchAsync(Address.GetLeftPart(UriPartial.Authority));
        await WaitUntilReadyAsync();
    }

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri(Address, "health/ready"), cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    public Task WaitUntilReadyAsync() => Eventually.TrueAsync(IsReadyAsync, "the desk is ready", _longestStart);

    /// <summary>Asks it to stop, as a service manager does.</summary>
    public async Task StopAsync()
    {
        var process = _process!;
        using (var signal = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using var longest = new CancellationTokenSource(_longestStop);
        await process.WaitForExitAsync(longest.Token);
        Assert.Equal(0, process.ExitCode);
        process.Dispose();
        _process = null;
    }

    /// <summary>Sends comments; they are committed when this returns.</summary>
    public async Task PostAsync(params IReadOnlyList<Note> comments)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(Address, "api/v1/comments"), comments, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode && text.Contains("\"rejected\":[]", StringComparison.Ordinal), text);
    }

    /// <summary>Runs another command of the program on this desk's data.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(params string[] words)
    {
        using var process = Launch([.. words, $"--Moderation:DataDirectory={_folder.File("data")}"]);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }

    /// <summary>Writes a file beside the data and gives its path.</summary>
    public string Write(string name, string content) => _folder.Write(name, content);

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        _http.Dispose();
        _folder.Dispose();
    }

    private async Task LaunchAsync(string address)
    {
        var process = Launch(["--urls", address, $"--Moderation:DataDirectory={_folder.File("data")}", .. _settings]);
        _process = process;
        var errors = new System.Collections.Concurrent.ConcurrentQueue<string>();
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        using var longest = new CancellationTokenSource(_longestStart);
        while (await process.StandardOutput.ReadLineAsync(longest.Token) is { } line)
        {
            if (line.StartsWith(Greeting, StringComparison.Ordinal))
            {
                Address = new Uri(line[Greeting.Length..].Trim() + "/");
                return;
            }
        }

        Assert.Fail($"The desk did not start: {string.Join('\n', errors)}");
    }

    private Process Launch(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(_program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
