using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Moderation.Tests.Support;

/// <summary>The built program as a process of its own.</summary>
public sealed partial class DeskProcess : IAsyncDisposable
{
    private static readonly TimeSpan _longestCommand = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Lock _lock = new();
    private HttpClient? _client;

    private DeskProcess(Process process)
    {
        _process = process;
    }

    /// <summary>Signals that a service manager or a terminal sends.</summary>
    public enum Signal
    {
        Interrupt = 2,
        Kill = 9,
        Terminate = 15,
    }

    public string Output => Read(_output);

    public string Error => Read(_error);

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Where the dashboard is; set once it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>A client of the running server.</summary>
    public HttpClient Client => _client ??= new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Starts the program and does not wait.</summary>
    /// <param name="workingDirectory">Where the caller stands; relative paths belong to it.</param>
    /// <param name="launcher">A program and its arguments that starts what stands behind them, in its own place.</param>
    public static DeskProcess Start(
        string workingDirectory, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? program = null,
        IReadOnlyList<string>? launcher = null)
    {
        launcher = [.. launcher ?? [], "dotnet"];
        var start = new ProcessStartInfo(launcher[0])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        foreach (var argument in launcher.Skip(1).Append(program ?? BuiltProgram.Path).Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        // What the test runner was told must not reach the program.
        foreach (var name in start.Environment.Keys.Where(IsASetting).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var desk = new DeskProcess(new Process { StartInfo = start });
        desk.Begin();
        return desk;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<CommandResult> RunAsync(
        string workingDirectory, IEnumerable<string> arguments, string? input = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var desk = Start(workingDirectory, arguments, environment);
        if (input is not null)
        {
            await desk._process.StandardInput.WriteAsync(input);
        }

        desk._process.StandardInput.Close();
        return await desk.WaitForExitAsync();
    }

    /// <summary>Starts a server on a free port, and waits until it takes comments.</summary>
    /// <param name="folder">Holds the data directory "data".</param>
    public static async Task<DeskProcess> ServeAsync(
        string folder, IEnumerable<string>? arguments = null, IReadOnlyDictionary<string, string>? environment = null, string? program = null,
        IReadOnlyList<string>? launcher = null)
    {
        var desk = Start(folder, ["serve", "--urls", "http://127.0.0.1:0", .. arguments ?? []], environment, program, launcher);
        try
        {
            await desk.WaitForAddressAsync();
            await desk.WaitUntilReadyAsync();
            return desk;
        }
        catch
        {
            await desk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the program has said where it listens.</summary>
    public async Task WaitForAddressAsync()
    {
        await Eventually.TrueAsync(() => HasExited || AddressLine().IsMatch(Output), "the program says where it listens", _longestStart);
        var match = AddressLine().Match(Output);
        Assert.True(match.Success, $"The server ended before it listened: {Error}");
        Address = new Uri(match.Groups[1].Value);
    }

    /// <summary>Waits until comments are taken.</summary>
    public Task WaitUntilReadyAsync() => Eventually.TrueAsync(
        async () =>
        {
            Assert.False(HasExited, $"The server ended: {Error}");
            using var response = await Client.GetAsync(new Uri("health/ready", UriKind.Relative));
            return response.StatusCode == HttpStatusCode.OK;
        },
        "the server is ready",
        _longestStart);

    /// <summary>Writes to its standard input and leaves that open.</summary>
    public async Task TellAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    public void SendSignal(Signal signal)
    {
        if (kill(_process.Id, (int)signal) != 0)
        {
            throw new InvalidOperationException($"kill answered {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>Waits for the end and for all that was said.</summary>
    public async Task<CommandResult> WaitForExitAsync(TimeSpan? longest = null)
    {
        using var deadline = new CancellationTokenSource(longest ?? _longestCommand, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The program did not end.\nstdout: {Output}\nstderr: {Error}");
        }

        return new CommandResult(_process.ExitCode, Output, Error);
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    public async Task<CommandResult> StopAsync()
    {
        SendSignal(Signal.Terminate);
        return await WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static bool IsASetting(string name) =>
        name.StartsWith("Moderation__", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name.Equals("DOTNET_ENVIRONMENT", StringComparison.OrdinalIgnoreCase)
        || name.Equals("URLS", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"desk is at (http://\S+)")]
    private static partial Regex AddressLine();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int id, int signal);

    private void Begin()
    {
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (_lock)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private string Read(StringBuilder text)
    {
        lock (_lock)
        {
            return text.ToString();
        }
    }
}
