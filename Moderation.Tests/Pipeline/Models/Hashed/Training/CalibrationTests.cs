using Moderation.Pipeline.Models.Evaluation;
using Moderation.Pipeline.Models.Hashed;
using Moderation.Pipeline.Models.Hashed.Training;

namespace Moderation.Tests.Pipeline.Models.Hashed.Training;

public sealed class CalibrationTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.5, 1)]
    [InlineData(2, -1)]
    public void Logits_that_are_stretched_and_moved_are_put_right(double slope, double offset)
    {
        var (logits, texts) = Drawn(slope, offset);

        var calibration = Calibration.Fit(logits, texts);

        Assert.Equal(slope, calibration.Slope, 0.1 * slope);
        Assert.Equal(offset, calibration.Offset, 0.1);
        var metrics = ModelEvaluator.Evaluate([.. logits.Select((z, i) => new ScoredLabel(calibration.Probability(z), texts[i].Removed))], 0.5);
        Assert.InRange(metrics.Ece!.Value, 0, 0.02);
        Assert.Equal(metrics.LogLoss!.Value, calibration.Losses(logits, texts).Average(), 6);
    }

    [Fact]
    public void Logits_that_point_the_wrong_way_are_not_turned_round()
    {
        var (logits, texts) = Drawn(1, 0);

        var calibration = Calibration.Fit(Array.ConvertAll(logits, z => -z), texts);

        Assert.Equal(0, calibration.Slope);
        Assert.Equal(texts.Count(text => text.Removed) / (double)texts.Length, calibration.Probability(5), 0.001);
    }

    private static (double[] Logits, SparseText[] Texts) Drawn(double slope, double offset)
    {
        var dice = new Random(7);
        var logits = Enumerable.Range(0, 8_000).Select(_ => (dice.NextDouble() * 8) - 4).ToArray();
        var texts = Array.ConvertAll(
            logits, z => new SparseText([], [], 1, new double[TextStyle.Values], dice.NextDouble() < 1 / (1 + Math.Exp(-((slope * z) + offset)))));
        return (logits, texts);
    }
}
