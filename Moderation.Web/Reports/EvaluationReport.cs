using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Evaluation;
using Moderation.Pipeline.Models.Exploration;

namespace Moderation.Web.Reports;

/// <summary>All that a report on a model tells.</summary>
internal sealed record EvaluationReport
{
    /// <summary>Version or file name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Null when nothing is known about the model.</summary>
    public ModelCard? Card { get; init; }

    /// <summary>Name of the labelled file.</summary>
    public required string Data { get; init; }

    public required DateTimeOffset MeasuredAt { get; init; }

    public required EvaluationMetrics Metrics { get; init; }

    public required EvaluationCurves Curves { get; init; }

    /// <summary>From <see cref="CalibrationNull.Ceiling"/>.</summary>
    public required double? CalibrationCeiling { get; init; }

    public required IReadOnlyList<EvaluationSlice> Slices { get; init; }

    public required DataSummary Summary { get; init; }
}
