using Moderation.Benchmarks.Baselines;
using Moderation.Benchmarks.Stores;
using Moderation.Benchmarks.Children;
using Moderation.Benchmarks.Texts;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Starter;
using Moderation.Pipeline.Models.Training;

namespace Moderation.Benchmarks;

/// <summary>What the scenarios of one run share: texts, models trained on them, a folder for files. Made when first asked for.</summary>
internal sealed class BenchSession : IDisposable
{
    private readonly Lazy<BenchTexts> _texts;
    private readonly Lazy<TrainedModel> _model;
    private readonly Lazy<HashedNgrams> _baseline;
    private readonly Lazy<ScikitLearn?> _peers;
    private readonly Lazy<FlowBench> _flow;
    private readonly Lazy<string> _folder = new(() => Directory.CreateTempSubdirectory("moderation-bench-").FullName);

    public BenchSession(BenchOptions options, Action<string> progress, CancellationToken stop)
    {
        Options = options;
        Progress = progress;
        _texts = new(() => BenchTexts.Open(options.Data, stop));
        _model = new(() =>
        {
            progress($"training the default model on {Texts.Training.Count:N0} comments");
            var trainer = new ModelTrainer(TimeProvider.System);
            return options.Data is null
                ? StarterModel.Train(trainer, null, stop)
                : trainer.Train(Texts.Training, Texts.Measured, Texts.Name, null, stop);
        });
        _baseline = new(() =>
        {
            progress($"training Microsoft.ML's pipeline on the same {Texts.Training.Count:N0} comments");
            return HashedNgrams.Train(Texts.Training, stop);
        });
        _flow = new(() => FlowBench.Open(this, stop));
        _peers = new(() => ScikitLearn.Find(stop));
    }

    public BenchOptions Options { get; }

    /// <summary>Tells a person who waits what is being done.</summary>
    public Action<string> Progress { get; }

    public BenchTexts Texts => _texts.Value;

    /// <summary>The default recipe's model of the training texts; without real comments the one that every desk starts with.</summary>
    public TrainedModel Model => _model.Value;

    /// <summary>Microsoft.ML's model of the same texts.</summary>
    public HashedNgrams Baseline => _baseline.Value;

    /// <summary>Null where scikit-learn is not installed.</summary>
    public ScikitLearn? Peers => _peers.Value;

    /// <summary>This program, for work that needs a process of its own.</summary>
    public ChildProgram Program { get; } = ChildProgram.Current;

    /// <summary>Data directories and streams of comments for the scenarios that run the whole flow.</summary>
    public FlowBench Flow => _flow.Value;

    /// <summary>Gone when the run ends.</summary>
    public string Folder => _folder.Value;

    /// <summary>The model as a file, for child processes.</summary>
    public string ModelPath
    {
        get
        {
            var path = Path.Combine(Folder, "bench.model");
            if (!File.Exists(path))
            {
                ModelFile.Write(path, Model);
            }

            return path;
        }
    }

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            Directory.Delete(_folder.Value, recursive: true);
        }
    }
}
