using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

using Moderation.Benchmarks.Baselines;
using Moderation.Benchmarks.Measuring;
using Moderation.Benchmarks.Stores;
using Moderation.Benchmarks.Texts;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Hashed;
using Moderation.Pipeline.Models.Hashed.Training;
using Moderation.Pipeline.Models.Training;

namespace Moderation.Benchmarks.Children;

/// <summary>Work that is measured in a process of its own: what is cold, and what is to have the memory for itself.</summary>
internal static class ChildWork
{
    /// <summary>Scores from the first moment on: MODEL [DATA].</summary>
    public const string WarmUp = "warm-up";

    /// <summary>One fit at fixed settings on ROWS generated texts.</summary>
    public const string Fit = "fit";

    /// <summary>The whole of <c>train</c>, cross-validation and measuring included, on ROWS generated texts.</summary>
    public const string Train = "train";

    /// <summary>Microsoft.ML's own text features and trainer on ROWS generated texts.</summary>
    public const string Featurize = "featurize";

    /// <summary>Makes ROWS texts and does nothing with them.</summary>
    public const string Texts = "texts";

    /// <summary>Inserts the rows of the database FROM into a fresh file TO with prepared commands and nothing else.</summary>
    public const string BareInsert = "bare-insert";

    private const int Seed = 1;
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _warm = TimeSpan.FromSeconds(2);

    /// <summary>What one of the grid's settings costs, whichever it is.</summary>
    private static readonly FitSettings _settings = new(5, 2);

    /// <summary>Does the work and says how it went as one JSON document.</summary>
    public static string Run(IReadOnlyList<string> words, CancellationToken stop) =>
        JsonSerializer.Serialize(words[0] switch
        {
            WarmUp => MeasureWarmUp(words[1], words.Count > 2 ? words[2] : null, stop),
            Fit => Measure(words, rows => FitWeights(rows, stop)),
            Train => Measure(words, rows => new ModelTrainer(TimeProvider.System).Train(rows, null, "generated", null, stop)),
            Featurize => Measure(words, rows => FeaturizedText.Train(rows, stop)),
            Texts => Measure(words, static _ => { }),
            BareInsert => MeasureBareInsert(words[1], words[2], stop),
            _ => throw new BenchException($"There is no work '{words[0]}'."),
        });

    private static ChildReport Measure(IReadOnlyList<string> words, Action<IReadOnlyList<LabelledComment>> work)
    {
        var rows = new CommentGenerator(Seed).Take(int.Parse(words[1], CultureInfo.InvariantCulture)).ToList();
        var processor = Environment.CpuUsage.TotalTime;
        var wall = Stopwatch.StartNew();
        work(rows);
        return new ChildReport(wall.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds, Peak());
    }

    /// <summary>From raw texts to weights, as the recipe does it for each of its fits.</summary>
    private static void FitWeights(IReadOnlyList<LabelledComment> rows, CancellationToken stop)
    {
        var texts = new SparseText[rows.Count];
        var list = WordList.Obscenities();
        Parallel.For(0, rows.Count, row => texts[row] = SparseText.Of(rows[row].Body, rows[row].Removed, list));
        new WeightFitter(stop).Fit(texts, _settings);
    }

    private static ChildReport MeasureWarmUp(string model, string? data, CancellationToken stop)
    {
        var scorer = ModelFile.Read(model).Scorer;
        var texts = BenchTexts.Open(data is null ? null : BenchData.Find(data), stop).Bodies;
        var next = 0;
        var first = Lap.Of(ScoreOne, 1, _first);
        Lap.Of(ScoreOne, 1, _warm);
        var steady = Lap.Of(ScoreOne, 1, _first);
        return new ChildReport(first.Wall, first.Processor, Peak(), first.Rate, steady.Rate);

        void ScoreOne()
        {
            scorer.Score(texts[next].AsSpan());
            next = (next + 1) % texts.Length;
        }
    }

    private static ChildReport MeasureBareInsert(string from, string to, CancellationToken stop)
    {
        var lap = BareInserts.Run(from, to, stop);
        return new ChildReport(lap.Wall, lap.Processor, Peak(), lap.WallRate);
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
