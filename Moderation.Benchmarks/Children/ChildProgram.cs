using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Moderation.Benchmarks.Children;

/// <summary>This program, started again as a process of its own.</summary>
/// <param name="FileName">What to start.</param>
/// <param name="Arguments">What stands before the command's own words.</param>
internal sealed record ChildProgram(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>How the command line calls work for a child; no person is meant to.</summary>
    public const string InsideOption = "--inside";

    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(20);

    public static ChildProgram Current { get; } = Find();

    /// <summary>Does a child's work in a process of its own.</summary>
    /// <exception cref="BenchException">It failed.</exception>
    public ChildReport Work(string work, IEnumerable<string> arguments, CancellationToken stop)
    {
        using var process = Start(["bench", InsideOption, work, .. arguments]);
        using var kill = stop.Register(process.Kill);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(stop);
        var output = process.StandardOutput.ReadToEnd();
        WaitForEnd(process, () => errors.Result, stop);
        return JsonSerializer.Deserialize<ChildReport>(output)!;
    }

    /// <summary>Runs a command whose output nobody needs.</summary>
    /// <exception cref="BenchException">It failed.</exception>
    public ChildReport Command(IEnumerable<string> words, CancellationToken stop) => Command(words, Stream.Null, stop);

    /// <summary>Runs a command that ends with a line of JSON.</summary>
    /// <exception cref="BenchException">It failed.</exception>
    public (ChildReport Report, JsonElement Answer) Ask(IEnumerable<string> words, CancellationToken stop)
    {
        using var output = new MemoryStream();
        var report = Command(words, output, stop);
        return (report, JsonElement.Parse(Encoding.UTF8.GetString(output.ToArray()).TrimEnd().Split('\n')[^1]));
    }

    /// <summary>Starts this program with its standard streams redirected and without settings of this process's environment.</summary>
    public Process Start(IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(FileName)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in Arguments.Concat(words))
        {
            start.ArgumentList.Add(word);
        }

        // What is measured runs with the settings that the scenario names and with no others.
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(name);
        }

        return Process.Start(start)!;
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("Moderation__", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase);

    private ChildReport Command(IEnumerable<string> words, Stream sink, CancellationToken stop)
    {
        var wall = Stopwatch.StartNew();
        using var process = Start(words);
        using var kill = stop.Register(process.Kill);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(stop);
        var output = process.StandardOutput.BaseStream.CopyToAsync(sink, 1 << 16, stop);
        var (processor, peak) = (TimeSpan.Zero, 0L);
        do
        {
            // Both are gone or nought when the process is, so they are looked at while it lasts.
            process.Refresh();
            try
            {
                processor = Greater(processor, process.TotalProcessorTime);
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (Exception e) when (e is InvalidOperationException or Win32Exception)
            {
                // It ended between the question and the answer.
            }
        }
        while (!process.WaitForExit(_glance));

        var seconds = wall.Elapsed.TotalSeconds;
        WaitForEnd(process, () => errors.Result, stop);
        output.GetAwaiter().GetResult();
        return new ChildReport(seconds, processor.TotalSeconds, peak);
    }

    private static ChildProgram Find()
    {
        var path = Environment.ProcessPath ?? throw new InvalidOperationException("The program does not know where it lies.");
        return Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? new ChildProgram(path, [Environment.GetCommandLineArgs()[0]])
            : new ChildProgram(path, []);
    }

    private static TimeSpan Greater(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static void WaitForEnd(Process process, Func<string> errors, CancellationToken stop)
    {
        process.WaitForExit();
        stop.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw new BenchException($"A process that was started to be measured failed: {errors().Trim()}");
        }
    }
}
