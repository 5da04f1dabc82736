using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Web.Components.Pages.Models;

/// <summary>A column of the comparison: a model's metrics measured in one way.</summary>
/// <param name="Css">Colour of its marks.</param>
public sealed record MetricSeries(string Name, string Css, EvaluationMetrics Metrics)
{
    /// <param name="key">The metric's name among the intervals.</param>
    public MetricValue? Find(string key, Func<EvaluationMetrics, double?> read) =>
        read(Metrics) is not { } value ? null

            // The intervals of an old card may be missing altogether, whatever the type says.
            : new MetricValue(value, Metrics.Intervals is { } intervals && intervals.TryGetValue(key, out var range) ? range : null);
}
