using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

using Moderation.Benchmarks.Measuring;

namespace Moderation.Benchmarks.Baselines;

/// <summary>The scikit-learn peers: scripts beside the program, run by the system's Python.</summary>
internal sealed class ScikitLearn
{
    /// <summary>The peer of the default recipe.</summary>
    public const string WordChar = "word_char.py";

    /// <summary>The peer of the talk's recipe.</summary>
    public const string Talk = "talk_recipe.py";

    /// <summary>Said where it is missing.</summary>
    public const string Missing = "scikit-learn is not here; install Debian's python3-sklearn";

    /// <summary>Where Debian's scikit-learn is found, whatever other Python comes first in the path.</summary>
    private const string DebiansPython = "/usr/bin/python3";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    private readonly string _python;

    private ScikitLearn(string python) => _python = python;

    /// <summary>Where the scripts lie.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "peers");

    /// <summary>Null where Python, scikit-learn or the scripts are missing.</summary>
    public static ScikitLearn? Find(CancellationToken stop)
    {
        if (!File.Exists(Path.Combine(Folder, WordChar)))
        {
            return null;
        }

        try
        {
            using var process = Start(DebiansPython, "-c", "import sklearn, numpy, scipy");
            process.StandardInput.Close();
            process.WaitForExitAsync(stop).GetAwaiter().GetResult();
            return process.ExitCode == 0 ? new ScikitLearn(DebiansPython) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Trains a peer, measures it and reads the probabilities that it gives to the test rows, in their order.</summary>
    /// <exception cref="BenchException">The script failed.</exception>
    public (Report Report, double[] Scores) Measure(string script, string train, string test, string folder, CancellationToken stop)
    {
        var scores = Path.Combine(folder, script + ".scores");
        using var peer = Open(script, stop, "--train", train, "--test", test, "--scores", scores);
        return (peer.Report, [.. File.ReadLines(scores).Select(line => double.Parse(line, System.Globalization.CultureInfo.InvariantCulture))]);
    }

    /// <summary>Trains a peer and leaves it waiting for rounds.</summary>
    /// <exception cref="BenchException">The script failed.</exception>
    public Peer Open(string script, CancellationToken stop, params string[] arguments)
    {
        return new Peer(Start(_python, [Path.Combine(Folder, script), .. arguments, "--rounds"]), stop);
    }

    private static Process Start(string python, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The folder of the program is not to be written to.
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        return Process.Start(start)!;
    }

    /// <summary>What a peer says of itself.</summary>
    internal sealed record Report(string Name, double RocAuc, double LogLoss, int TestRows);

    private sealed record Round(double Wall, double Processor);

    /// <summary>A trained peer that scores all test rows in one batch whenever it is asked to.</summary>
    internal sealed class Peer : IDisposable
    {
        private readonly Process _process;
        private readonly Task<string> _errors;
        private readonly CancellationTokenRegistration _kill;

        public Peer(Process process, CancellationToken stop)
        {
            _process = process;
            _kill = stop.Register(process.Kill);
            _errors = process.StandardError.ReadToEndAsync(stop);
            Report = Read<Report>(stop);
        }

        public Report Report { get; }

        /// <summary>One round over all test rows.</summary>
        public Lap Batch(CancellationToken stop)
        {
            _process.StandardInput.WriteLine();
            _process.StandardInput.Flush();
            var round = Read<Round>(stop);
            return new Lap(Report.TestRows, round.Wall, round.Processor);
        }

        public void Dispose()
        {
            _kill.Dispose();
            _process.StandardInput.Close();
            _process.WaitForExit();
            _process.Dispose();
        }

        private T Read<T>(CancellationToken stop)
        {
            var line = _process.StandardOutput.ReadLine();
            stop.ThrowIfCancellationRequested();
            return line is null
                ? throw new BenchException($"The scikit-learn peer failed: {_errors.Result.Trim().Split('\n')[^1]}")
                : JsonSerializer.Deserialize<T>(line, _json)!;
        }
    }
}
