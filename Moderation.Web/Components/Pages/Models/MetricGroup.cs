using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Web.Components.Pages.Models;

/// <summary>Metrics that are read in the same way.</summary>
internal sealed record MetricGroup(string Title, bool AtThreshold, IReadOnlyList<MetricGroup.Metric> Metrics)
{
    public static IReadOnlyList<MetricGroup> All { get; } =
    [
        new("Higher is better", AtThreshold: false,
        [
            new("rocAuc", "ROC-AUC", "Probability that a removed comment scores above a kept one", metrics => metrics.RocAuc),
            new("prAuc", "PR-AUC", "Average precision over all thresholds", metrics => metrics.PrAuc),
        ]),
        new("At the threshold", AtThreshold: true,
        [
            new("precision", "Precision", "Of those flagged, the share that moderators removed", metrics => metrics.Precision),
            new("recall", "Recall", "Of those that moderators removed, the share flagged", metrics => metrics.Recall),
            new("f1", "F1", "Harmonic mean of precision and recall", metrics => metrics.F1),
            new("accuracy", "Accuracy", "Share that is right either way", metrics => metrics.Accuracy),
        ]),
        new("Lower is better", AtThreshold: false,
        [
            new("logLoss", "Log-loss", "Mean surprise at what happened, in nats", metrics => metrics.LogLoss),
            new("brier", "Brier score", "Mean squared error of the probability", metrics => metrics.Brier),
            new("ece", "Calibration error", "How far the probabilities are from what happens, on average", metrics => metrics.Ece),
        ]),
    ];

    /// <param name="Key">As in the intervals of a card.</param>
    internal sealed record Metric(string Key, string Name, string Meaning, Func<EvaluationMetrics, double?> Read);
}
