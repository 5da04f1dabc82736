using System.Globalization;

using Moderation.Pipeline.Models.Registry;

namespace Moderation.Web.Commands;

/// <summary>Prints a model's card for people. A card of an older version may lack anything, whatever its type says.</summary>
internal static class ModelText
{
    /// <summary>"live", "candidate", "retired".</summary>
    public static string State(RegisteredModel model) => model.State.ToString().ToLowerInvariant();

    /// <summary>"2026-03-01 12:00 by Ana"; empty when it was never live.</summary>
    public static string Promoted(RegisteredModel model) => model.LastPromotion is not { } promotion ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"{promotion.At:yyyy-MM-dd HH:mm}{(promotion.Actor is null ? "" : $" by {promotion.Actor}")}");

    public static void Print(RegisteredModel model)
    {
        var card = model.Card;
        CommandConsole.Result($"{model.Version}, {State(model)}");
        Line("promoted", model.LastPromotion is null ? "never" : Promoted(model));
        Line("recipe", card.Recipe);
        Line("trained on", card.TrainedOn);
        Line("trained", string.Create(CultureInfo.InvariantCulture, $"{card.TrainedAt:yyyy-MM-dd HH:mm} UTC, in {card.Seconds:0.#} s"));
        Line("rows", string.Create(CultureInfo.InvariantCulture, $"{card.TrainRows:N0} trained on, {card.TestRows:N0} held out"));
        Line("left out", string.Create(
            CultureInfo.InvariantCulture,
            $"{card.DroppedRows:N0}: {card.NoticeRows:N0} notices, {card.DuplicateRows:N0} duplicates, {card.SharedRows:N0} shared with the test rows"));
        Line("removed", card.RemovedShare.ToString("0.0%", CultureInfo.InvariantCulture));
        Line("data fingerprint", card.DataFingerprint);
        Line("suggested at", card.SuggestedThreshold?.ToString("0.00#", CultureInfo.InvariantCulture));
        Line("file", model.Path);
        foreach (var (name, value) in card.Settings ?? new Dictionary<string, string>())
        {
            Line(name, value);
        }

        foreach (var (title, metrics) in new[] { ("On held-out rows:", card.Metrics), ("Cross-validated:", card.CrossValidation) })
        {
            if (metrics is not null)
            {
                CommandConsole.Result(title);
                MetricsText.Print(metrics);
            }
        }

        foreach (var elsewhere in card.Elsewhere ?? [])
        {
            CommandConsole.Result(string.Create(
                CultureInfo.InvariantCulture,
                $"On {elsewhere.Data} ({elsewhere.Rows:N0} rows): ROC-AUC {elsewhere.RocAuc:F3}  95%: {elsewhere.RocAucInterval.Low:F3} to {elsewhere.RocAucInterval.High:F3}"));
        }
    }

    private static void Line(string label, string? value) => CommandConsole.Result($"  {label,-18} {value ?? "—"}");
}
