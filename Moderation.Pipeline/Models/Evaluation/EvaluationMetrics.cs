namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>A probability and what moderators did.</summary>
public readonly record struct ScoredLabel(double Probability, bool Removed);

/// <summary>How often each kind of right and wrong happened at the threshold.</summary>
public sealed record ConfusionMatrix(int Tp, int Fp, int Tn, int Fn);

/// <summary>A 95% interval.</summary>
public readonly record struct Interval(double Low, double High);

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

    /// <summary>Expected calibration error over ten equal-width bins.</summary>
    public double? Ece { get; init; }

    public required double Threshold { get; init; }

    public double? Precision { get; init; }

    public double? Recall { get; init; }

    public double? F1 { get; init; }

    public double? Accuracy { get; init; }

    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>95% bootstrap intervals by metric name.</summary>
    public IReadOnlyDictionary<string, Interval> Intervals { get; init; } = new Dictionary<string, Interval>();
}
