using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Web.Reports.Sections;

/// <summary>Says whether a calibration error is more than chance.</summary>
internal static class CalibrationSentence
{
    public static string Of(EvaluationMetrics metrics, double? ceiling)
    {
        if (metrics.Ece is not { } error || ceiling is not { } most)
        {
            return "There is no calibration error without comments.";
        }

        var verdict = error > most
            ? "The probabilities are further off than chance explains."
            : "Nothing here says that the probabilities are off.";
        return $"Calibration error {Shown.Figure(error)}; a perfectly calibrated model would show up to {Shown.Figure(most)} on {Shown.Count(metrics.Rows)} comments (95%). {verdict}";
    }
}
