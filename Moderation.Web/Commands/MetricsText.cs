using System.Globalization;

using Moderation.Pipeline.Models.Evaluation;

namespace Moderation.Web.Commands;

/// <summary>Prints metrics for people, each with its interval and a bar where it lies between 0 and 1.</summary>
internal static class MetricsText
{
    private const int BarWidth = 24;

    public static void Print(EvaluationMetrics metrics)
    {
        Line("ROC-AUC", "rocAuc", metrics.RocAuc);
        Line("PR-AUC", "prAuc", metrics.PrAuc);
        Line("log-loss", "logLoss", metrics.LogLoss);
        Line("Brier score", "brier", metrics.Brier);
        Line("calibration error", "ece", metrics.Ece);
        CommandConsole.Result(string.Create(CultureInfo.InvariantCulture, $"  at the threshold {metrics.Threshold:0.###}:"));
        Line("precision", "precision", metrics.Precision);
        Line("recall", "recall", metrics.Recall);
        Line("F1", "f1", metrics.F1);
        Line("accuracy", "accuracy", metrics.Accuracy);
        var c = metrics.Confusion;
        CommandConsole.Result(string.Create(CultureInfo.InvariantCulture, $"                       flagged   not flagged"));
        CommandConsole.Result(string.Create(CultureInfo.InvariantCulture, $"  removed           {c.Tp,10:N0}  {c.Fn,12:N0}"));
        CommandConsole.Result(string.Create(CultureInfo.InvariantCulture, $"  kept              {c.Fp,10:N0}  {c.Tn,12:N0}"));

        void Line(string label, string name, double? value)
        {
            if (value is not { } known)
            {
                CommandConsole.Result($"  {label,-18} —  (needs rows of both labels)");
                return;
            }

            var interval = metrics.Intervals.TryGetValue(name, out var range)
                ? string.Create(CultureInfo.InvariantCulture, $"  95%: {range.Low:F3} to {range.High:F3}")
                : "";
            var filled = (int)Math.Round(Math.Clamp(known, 0, 1) * BarWidth);
            CommandConsole.Result(string.Create(
                CultureInfo.InvariantCulture,
                $"  {label,-18} {known:F3}  {new string('█', filled)}{new string('░', BarWidth - filled)}{interval}"));
        }
    }
}
