using System.Text;

using Moderation.Pipeline.Models.Starter;
using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Sources.Files;
using Moderation.Pipeline.Sources.Sample;

namespace Moderation.Benchmarks.Texts;

/// <summary>What models are trained from, and what they are measured on.</summary>
internal sealed class BenchTexts
{
    private BenchTexts(string name, IReadOnlyList<LabelledComment> training, IReadOnlyList<LabelledComment> measured)
    {
        Name = name;
        Training = training;
        Measured = measured;
        Bodies = [.. measured.Select(row => row.Body)];
        Utf8Bodies = Array.ConvertAll(Bodies, Encoding.UTF8.GetBytes);
        Bytes = Utf8Bodies.Sum(body => (long)body.Length);
    }

    /// <summary>In words, for results.</summary>
    public string Name { get; }

    public IReadOnlyList<LabelledComment> Training { get; }

    public IReadOnlyList<LabelledComment> Measured { get; }

    /// <summary>The measured texts.</summary>
    public string[] Bodies { get; }

    public byte[][] Utf8Bodies { get; }

    /// <summary>Bytes of the measured texts in UTF-8.</summary>
    public long Bytes { get; }

    /// <summary>Millions of bytes for each of the measured texts.</summary>
    public double MegabytesOfAText => Bytes / 1e6 / Bodies.Length;

    /// <param name="data">Null for the built-in sample.</param>
    /// <exception cref="Pipeline.Sources.SourceException">A file cannot be read.</exception>
    public static BenchTexts Open(BenchData? data, CancellationToken stop) =>
        data is null
            ? new BenchTexts("the built-in sample's held-out comments", StarterCorpus.Shared.Rows, SampleCorpus.Shared.HeldOutRows)
            : new BenchTexts("r/science, dev.csv", Read(data.Train, stop), Read(data.Dev, stop));

    private static IReadOnlyList<LabelledComment> Read(string path, CancellationToken stop) => LabelledFile.Read(path, null, null, stop).Rows;
}
