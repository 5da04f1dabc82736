using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Moderation.Benchmarks.Children;

/// <summary>The desk, served by a process of its own on a free port of this machine.</summary>
internal sealed partial class ChildServer : IDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _longestEnd = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildServer(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public HttpClient Client { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    public bool HasExited => _process.HasExited;

    /// <summary>Bytes of memory that the process has in use.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts the desk and waits until it says where it listens.</summary>
    /// <exception cref="BenchException">It ended, or said nothing in time.</exception>
    public static async Task<ChildServer> StartAsync(ChildProgram program, IEnumerable<string> settings, CancellationToken stop)
    {
        var server = new ChildServer(program.Start(["serve", "--urls", "http://127.0.0.1:0", .. settings]));
        try
        {
            server.Client.BaseAddress = await server._address.Task.WaitAsync(_longestStart, TimeProvider.System, stop);
            return server;
        }
        catch (TimeoutException)
        {
            server.Dispose();
            throw server.Failed();
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Asks it to end as a service manager does, and waits until it has.</summary>
    /// <exception cref="BenchException">It did not end in time, or not well.</exception>
    public async Task StopAsync()
    {
        if (OperatingSystem.IsWindows() || Kill(_process.Id, Terminate) != 0)
        {
            _process.Kill();
        }

        try
        {
            using var deadline = new CancellationTokenSource(_longestEnd, TimeProvider.System);
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new BenchException($"The desk did not end within {_longestEnd.TotalSeconds:0} seconds of being asked to.");
        }

        if (_process.ExitCode != 0 && !OperatingSystem.IsWindows())
        {
            throw Failed();
        }
    }

    public BenchException Failed() => new($"The desk that was started to be measured failed: {_errors.ToString().Trim()}");

    /// <summary>Ends the process if it still runs.</summary>
    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            _address.TrySetException(Failed());
        }
        else if (AddressLine().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"desk is at (http://\S+)")]
    private static partial Regex AddressLine();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int id, int signal);
}
