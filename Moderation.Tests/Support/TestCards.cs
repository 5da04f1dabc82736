using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Tests.Support;

/// <summary>Model cards that a page shows.</summary>
internal static class TestCards
{
    /// <summary>Everything that a card can say.</summary>
    public static ModelCard Full { get; } = TestModels.Card with
    {
        Recipe = "full",
        TrainedOn = "forum.csv",
        TrainedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        TrainRows = 12_000,
        TestRows = 3_000,
        DroppedRows = 1_500,
        NoticeRows = 900,
        DuplicateRows = 500,
        SharedRows = 100,
        DataFingerprint = "fedcba9876543210",
        TestFingerprint = "0011223344556677",
        Settings = new Dictionary<string, string> { ["strength"] = "2", ["folds"] = "5" },
        Metrics = Measured(0.841),
        CrossValidation = Measured(0.853),
        SuggestedThreshold = 0.42,
        Elsewhere = [new ElsewhereResult("another forum", "aaaaaaaaaaaaaaaa", 2_000, 0.711, new Interval(0.69, 0.73))],
    };

    /// <summary>What a card of long ago may look like: nothing but nulls.</summary>
    public static ModelCard Bare { get; } = TestModels.Card with
    {
        Recipe = null!,
        TrainedOn = null!,
        TrainedAt = default,
        TrainRows = 0,
        TestRows = 0,
        DroppedRows = 0,
        DataFingerprint = null!,
        Settings = null!,
        Elsewhere = null!,
    };

    /// <summary>Its other figures follow from the area.</summary>
    public static EvaluationMetrics Measured(double rocAuc) => new()
    {
        Rows = 3_000,
        RocAuc = rocAuc,
        PrAuc = rocAuc - 0.1,
        LogLoss = 0.48,
        Brier = 0.15,
        Ece = 0.03,
        Threshold = 0.5,
        Precision = 0.7,
        Recall = 0.6,
        F1 = 0.646,
        Accuracy = 0.78,
        Confusion = new ConfusionMatrix(600, 257, 1_743, 400),
        Intervals = new Dictionary<string, Interval>
        {
            ["rocAuc"] = new(rocAuc - 0.02, rocAuc + 0.02),
            ["precision"] = new(0.66, 0.74),
        },
    };
}
