namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>How right a model is on labelled rows. Null where the figure does not exist (no row of one label, say).</summary>
public sealed record EvaluationMetrics
{
    public required int Rows { get; init; }

    /// <summary>Probability that a removed comment scores above a kept one (ties count half).</summary>
    public double? RocAuc { get; init; }

    /// <summary>Average precision: the precision at each removed row, averaged.</summary>
    public double? PrAuc { get; init; }

    /// <summary>Mean −ln(probability given to what happened), in nats; probabilities are held off 0 and 1 by 1e-15.</summary>
    public double? LogLoss { get; init; }

    /// <summary>Mean squared error of the probability.</summary>
    public double? Brier { get; init; }

    /// <summary>Expected calibration error over ten equal-width bins (Naeini et al., 2015); a probability of 1 is in the last.</summary>
    public double? Ece { get; init; }

    public required double Threshold { get; init; }

    public double? Precision { get; init; }

    public double? Recall { get; init; }

    public double? F1 { get; init; }

    public double? Accuracy { get; init; }

    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>95% bootstrap intervals by the name of the figure, the four counts of the confusion matrix included.</summary>
    public IReadOnlyDictionary<string, Interval> Intervals { get; init; } = new Dictionary<string, Interval>();
}
