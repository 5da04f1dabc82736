using System.Text;

using BenchmarkDotNet.Attributes;

using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Sources.Sample;

namespace Moderation.Benchmarks.Micro;

/// <summary>One comment of the sample's median length, scored and explained.</summary>
[MemoryDiagnoser]
public class ScoringBenchmarks
{
    private Scorer _scorer = null!;
    private string _text = "";
    private byte[] _utf8 = [];

    [GlobalSetup]
    public void Train()
    {
        var corpus = SampleCorpus.Shared;
        _scorer = new ModelTrainer(TimeProvider.System).Train(corpus.TrainingRows, corpus.HeldOutRows, "sample", null, CancellationToken.None).Scorer;
        string[] byLength = [.. corpus.HeldOutRows.Select(row => row.Body).OrderBy(body => body.Length)];
        _text = byLength[byLength.Length / 2];
        _utf8 = Encoding.UTF8.GetBytes(_text);
    }

    [Benchmark(Baseline = true)]
    public double Score() => _scorer.Score(_text.AsSpan());

    [Benchmark]
    public double ScoreUtf8() => _scorer.Score(_utf8);

    [Benchmark]
    public Explanation Explain() => _scorer.Explain(_text);
}
