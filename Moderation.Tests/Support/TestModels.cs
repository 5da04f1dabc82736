using System.Text;

using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Hashed;
using Moderation.Pipeline.Models.Registry;
using Moderation.Pipeline.Models.Training;

namespace Moderation.Tests.Support;

/// <summary>Models whose answers a test knows, and rows to train others from.</summary>
internal static class TestModels
{
    public static ModelCard Card { get; } = new()
    {
        Recipe = "test",
        TrainedOn = "nothing",
        TrainedAt = DateTimeOffset.UnixEpoch,
        TrainRows = 3,
        TestRows = 2,
        DroppedRows = 1,
        RemovedShare = 0.25,
        DataFingerprint = "0123456789abcdef",
        Seconds = 0.5,
    };

    /// <summary>Every text scores this.</summary>
    public static Scorer Constant(double probability) =>
        WithBias(Math.Log(probability / (1 - probability)));

    /// <summary>Every text has this logit.</summary>
    public static Scorer WithBias(double bias) => new HashedScorer(new HashedParameters
    {
        Weights = new short[FeatureHash.Buckets], Scale = 1, Bias = bias, Style = new double[TextStyle.Values],
    });

    /// <summary>Weights without meaning, so that every feature counts.</summary>
    public static HashedScorer Noise(int seed = 1) => new(NoiseParameters(seed));

    /// <summary>Weights without meaning, an uneven calibration, and some words of <see cref="HostileText"/> kept ready.</summary>
    public static HashedParameters NoiseParameters(int seed = 1)
    {
        var random = new Random(seed);
        return new HashedParameters
        {
            Weights = [.. Enumerable.Range(0, FeatureHash.Buckets).Select(_ => (short)random.Next(short.MinValue + 1, short.MaxValue))],
            Scale = 4.0 / short.MaxValue,
            Bias = 0.25,
            Style = [.. Enumerable.Range(0, TextStyle.Values).Select(_ => random.NextDouble() - 0.5)],
            Slope = 0.3,
            Offset = -0.125,
            ListedWords = ["idiot"u8.ToArray(), "sixteen_letters1"u8.ToArray()],
            FrequentWords = [.. new[] { "you", "idiot", "a", "the", "don't", "word", "sixteen_letters1" }.Select(Encoding.ASCII.GetBytes)],
        };
    }

    /// <summary>All that a scorer is made of; two scorers with the same bytes are the same.</summary>
    public static byte[] Parameters(Scorer scorer)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        scorer.WriteParameters(writer);
        writer.Flush();
        return stream.ToArray();
    }

    public static LoadedModel Loaded(Scorer scorer, int key = 1) => new(key, $"v{key}", scorer, Card);

    /// <summary>Rows that can be told apart, a third of them removed.</summary>
    public static List<LabelledComment> Rows(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => i % 3 == 0
            ? new LabelledComment($"you idiot number {i} go away", Removed: true)
            : new LabelledComment($"an interesting result number {i} thank you", Removed: false))];
}
