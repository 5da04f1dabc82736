using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Web.Components.Pages.Models;

/// <summary>A figure with its 95% interval, if that is known.</summary>
public readonly record struct MetricValue(double Value, Interval? Interval);
