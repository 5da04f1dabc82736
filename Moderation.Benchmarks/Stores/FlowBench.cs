using System.Globalization;

using Microsoft.Data.Sqlite;

using Moderation.Benchmarks.Children;
using Moderation.Benchmarks.Texts;
using Moderation.Pipeline.Models.Starter;
using Moderation.Pipeline.Models.Training;

namespace Moderation.Benchmarks.Stores;

/// <summary>Runs the whole flow with its database: this program, started as a process of its own.</summary>
internal sealed class FlowBench
{
    private const double FlaggedShare = 0.15;
    private const int MostScored = 5_000;
    private const int Generated = 20_000;
    private const int Seed = 3;

    private readonly BenchSession _session;
    private readonly IReadOnlyList<string> _bodies;
    private readonly string _template;
    private int _directories;

    private FlowBench(BenchSession session, IReadOnlyList<string> bodies, double threshold, string template)
    {
        _session = session;
        _bodies = bodies;
        _template = template;
        Threshold = threshold;
    }

    /// <summary>With it the starter model flags about 15% of the comments.</summary>
    public double Threshold { get; }

    public string ThresholdSetting => string.Create(CultureInfo.InvariantCulture, $"--Moderation:Threshold:Default={Threshold:F4}");

    public static FlowBench Open(BenchSession session, CancellationToken stop)
    {
        session.Progress("setting up a data directory with the starter model");
        IReadOnlyList<string> bodies = session.Options.Data is null
            ? [.. new CommentGenerator(seed: 2).Take(Generated).Select(comment => comment.Body)]
            : [.. session.Texts.Training.Concat(session.Texts.Measured).Select(row => row.Body)];
        var scorer = StarterModel.Train(new ModelTrainer(TimeProvider.System), null, stop).Scorer;
        var step = Math.Max(1, bodies.Count / MostScored);
        double[] scores = [.. Enumerable.Range(0, bodies.Count / step).Select(i => scorer.Score(bodies[i * step])).Order()];
        var threshold = Math.Round(scores[(int)(scores.Length * (1 - FlaggedShare))], 4);

        // An empty stream sets up everything that every measured run would otherwise set up for itself.
        var template = Path.Combine(session.Folder, "template");
        var empty = Path.Combine(session.Folder, "empty.ndjson");
        File.WriteAllText(empty, "");
        var flow = new FlowBench(session, bodies, threshold, template);
        flow.Ingest(template, empty, stop);
        return flow;
    }

    public CommentFeed Feed(CommentIds ids) => new(_bodies, ids, Seed);

    /// <summary>A fresh data directory with the starter model in force.</summary>
    public string NewDirectory()
    {
        var directory = Path.Combine(_session.Folder, string.Create(CultureInfo.InvariantCulture, $"data-{++_directories}"));
        foreach (var file in Directory.EnumerateFiles(_template, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(directory, Path.GetRelativePath(_template, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return directory;
    }

    public static string Database(string directory) => Path.Combine(directory, "moderation.db");

    /// <summary>Runs a file through the flow.</summary>
    /// <exception cref="BenchException">It failed.</exception>
    public IngestLap Ingest(string directory, string file, CancellationToken stop)
    {
        var (report, answer) = _session.Program.Ask(
            ["ingest", "--input", file, "--source", "bench", $"--Moderation:DataDirectory={directory}", ThresholdSetting], stop);
        return new IngestLap(
            Number("read"), Number("committed"), Number("flagged"), answer.GetProperty("seconds").GetDouble(), report);

        long Number(string name) => answer.GetProperty(name).GetInt64();
    }

    /// <summary>Lets the source read another file as if it were the next part of the same one.</summary>
    public static void ForgetCheckpoint(string directory)
    {
        using var connection = new SqliteConnection($"Data Source={Database(directory)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM \"Checkpoints\"";
        command.ExecuteNonQuery();
    }

    /// <summary>How many comments a finished database holds.</summary>
    public static long CountComments(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM \"Comments\"";
        return (long)command.ExecuteScalar()!;
    }
}
