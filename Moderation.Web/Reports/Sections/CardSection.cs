using System.Globalization;
using System.Xml.Linq;

using Moderation.Pipeline.Models;

using static Moderation.Web.Reports.Html;

namespace Moderation.Web.Reports.Sections;

/// <summary>What the model's own file says of it.</summary>
internal static class CardSection
{
    public static XElement Of(ModelCard card) => El(
        "section",
        El("h2", "Model card"),
        El(
            "dl",
            Class("facts"),
            DataSection.Fact("Recipe", card.Recipe),
            DataSection.Fact("Trained on", card.TrainedOn),
            DataSection.Fact("Trained at", Shown.Time(card.TrainedAt)),
            DataSection.Fact("Training took", string.Create(CultureInfo.InvariantCulture, $"{card.Seconds:F1} s")),
            DataSection.Fact("Training texts", $"{Shown.Count(card.TrainRows)} ({Shown.Share(card.RemovedShare)} removed)"),
            DataSection.Fact("Rows left out", Shown.Count(card.DroppedRows)),
            DataSection.Fact("Test rows", Shown.Count(card.TestRows)),
            DataSection.Fact("Fingerprint of the rows", card.DataFingerprint),
            card.Metrics is { } own ? DataSection.Fact("ROC-AUC then", Measured(own.RocAuc, own.Intervals)) : null,
            card.CrossValidation is { } crossed ? DataSection.Fact("ROC-AUC, cross-validated", Measured(crossed.RocAuc, crossed.Intervals)) : null,
            card.SuggestedThreshold is { } threshold ? DataSection.Fact("Suggested threshold", Shown.Threshold(threshold)) : null,
            card.Elsewhere.Select(other => DataSection.Fact($"ROC-AUC on {other.Data}", $"{Shown.Figure(other.RocAuc)} ({Shown.Range(other.RocAucInterval)})")),
            card.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => DataSection.Fact(setting.Key, setting.Value))));

    private static string Measured(double? value, IReadOnlyDictionary<string, Pipeline.Models.Evaluation.Interval> intervals) =>
        intervals.TryGetValue("rocAuc", out var interval) ? $"{Shown.Figure(value)} ({Shown.Range(interval)})" : Shown.Figure(value);
}
