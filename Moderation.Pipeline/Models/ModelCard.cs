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

    /// <summary>Rows left out: the sum of the next three.</summary>
    public required int DroppedRows { get; init; }

    /// <summary>Rows left out because they are a moderator's notice, not a comment ("Your submission has been removed").</summary>
    public int NoticeRows { get; init; }

    /// <summary>Rows left out because another row has the same text.</summary>
    public int DuplicateRows { get; init; }

    /// <summary>Training rows left out because their text also stands among the test rows.</summary>
    public int SharedRows { get; init; }

    /// <summary>Share of the training rows that were removed, 0 to 1.</summary>
    public required double RemovedShare { get; init; }

    /// <summary>The same rows, in any order, give the same sixteen hex digits.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>Of the rows that <see cref="Metrics"/> were measured on: two models' figures compare only where it is the same.</summary>
    public string? TestFingerprint { get; init; }

    /// <summary>Wall-clock seconds that the training took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Settings of the recipe, those chosen by cross-validation included, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Measured on the test rows; null when there were none.</summary>
    public EvaluationMetrics? Metrics { get; init; }

    /// <summary>Measured on the training rows, each scored by a model that had not seen it; null when the recipe does not cross-validate.</summary>
    public EvaluationMetrics? CrossValidation { get; init; }

    /// <summary>The threshold with the best F1 on the training rows, each scored by a model that had not seen it.</summary>
    public double? SuggestedThreshold { get; init; }

    /// <summary>How the model does on other people's text that it never saw.</summary>
    public IReadOnlyList<ElsewhereResult> Elsewhere { get; init; } = [];
}
