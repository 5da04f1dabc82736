using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

using Moderation.Benchmarks.Children;
using Moderation.Pipeline.Flow;

namespace Moderation.Benchmarks.Crash;

/// <summary>The real program as a process: started, watched, killed.</summary>
internal sealed partial class DeskUnderTest : IDisposable
{
    /// <summary>What a process ends with that SIGKILL ended.</summary>
    public const int Killed = 128 + 9;

    private const int Terminate = 15;
    private const int MostSaid = 20_000;

    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(8);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly HttpClient _client;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DeskUnderTest(Process process, HttpClient client)
    {
        _process = process;
        _client = client;
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Null while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>The last of what it wrote to both outputs.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <param name="folder">The program's working directory; its data directory lies in it.</param>
    /// <param name="failPoint">Armed in it; null for none.</param>
    public static DeskUnderTest Start(
        ChildProgram program, string folder, IEnumerable<string> arguments, HttpClient client, string? failPoint = null)
    {
        var start = new ProcessStartInfo(program.FileName)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in program.Arguments.Concat(arguments))
        {
            start.ArgumentList.Add(word);
        }

        // What the caller was told must not reach the program under test.
        foreach (var name in start.Environment.Keys.Where(IsASetting).ToList())
        {
            start.Environment.Remove(name);
        }

        if (failPoint is not null)
        {
            start.Environment[FailPoint.Variable] = failPoint;
        }

        var desk = new DeskUnderTest(new Process { StartInfo = start }, client);
        desk._process.OutputDataReceived += (_, line) => desk.Hear(line.Data);
        desk._process.ErrorDataReceived += (_, line) => desk.Hear(line.Data);
        desk._process.Start();
        desk._process.BeginOutputReadLine();
        desk._process.BeginErrorReadLine();
        return desk;
    }

    /// <summary>Where it listens; null when it ended before it did.</summary>
    public async Task<Uri?> WaitForAddressAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var ended = _process.WaitForExitAsync(either.Token);
        var first = await Task.WhenAny(_address.Task, ended).WaitAsync(_longest, TimeProvider.System, stop);
        await either.CancelAsync();
        return first == _address.Task ? await _address.Task : null;
    }

    /// <summary>Looks at its figures again and again until the condition holds; false when it ended before.</summary>
    public async Task<bool> WatchAsync(Func<DeskFigures, bool> until, TimeSpan longest, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var stats = new Uri(await _address.Task, "/api/v1/stats");
        while (!HasExited && clock.Elapsed < longest)
        {
            try
            {
                if (await _client.GetFromJsonAsync<DeskFigures>(stats, JsonSerializerOptions.Web, stop) is { } figures && until(figures))
                {
                    return true;
                }
            }
            catch (Exception e) when (e is HttpRequestException or JsonException or IOException)
            {
                // It is just dying.
            }

            await Task.Delay(_glance, TimeProvider.System, stop);
        }

        return HasExited ? false : throw new CrashException($"The program made no progress in time: {Said}");
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync(CancellationToken stop)
    {
        _process.Kill();
        await _process.WaitForExitAsync(stop);
    }

    /// <summary>Waits until it has ended by itself; false when it does not.</summary>
    public async Task<bool> WaitForEndAsync(TimeSpan longest, CancellationToken stop)
    {
        try
        {
            await _process.WaitForExitAsync(stop).WaitAsync(longest, TimeProvider.System, stop);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>SIGTERM, as a service manager does it.</summary>
    public async Task<bool> StopAsync(CancellationToken stop)
    {
        _ = kill(_process.Id, Terminate);
        return await WaitForEndAsync(_longest, stop);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static bool IsASetting(string name) =>
        name.StartsWith("Moderation__", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name is "DOTNET_ENVIRONMENT" or "URLS" or FailPoint.Variable;

    [GeneratedRegex(@"desk is at (http://[0-9.:]+)")]
    private static partial Regex AddressLine();

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int id, int signal);

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (AddressLine().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(new Uri(match.Groups[1].Value));
        }

        lock (_said)
        {
            _said.AppendLine(line);
            if (_said.Length > MostSaid)
            {
                _said.Remove(0, _said.Length - MostSaid);
            }
        }
    }
}
