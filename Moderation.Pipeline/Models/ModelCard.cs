using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Pipeline.Models;

/// <summary>What a person needs to know before trusting a model; stored inside its file.</summary>
public sealed record ModelCard
{
    public required string Recipe { get; init; }

    /// <summary>Where the training rows came from, in words.</summary>
    public required string TrainedOn { get; init; }

    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>Distinct texts that the weights were fitted on.</summary>
    public required int TrainRows { get; init; }

    /// <summary>Rows that the metrics were measured on; none of their texts was fitted on.</summary>
    public required int TestRows { get; init; }

    /// <summary>Rows left out: duplicates of another row, or texts that also stand among the test rows.</summary>
    public required int DroppedRows { get; init; }

    /// <summary>Share of the training rows that were removed, 0 to 1.</summary>
    public required double RemovedShare { get; init; }

    /// <summary>The same rows, in any order, give the same sixteen hex digits.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>Wall-clock seconds that the training took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Measured on the test rows; null when there were none.</summary>
    public EvaluationMetrics? Metrics { get; init; }
}
