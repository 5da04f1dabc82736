using System.Globalization;

using Microsoft.AspNetCore.Components;

using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;

namespace Moderation.Web.Components.Pages.Models;

/// <summary>A version's card, beside the live model's figures. A card of an older version may lack anything, whatever its type says.</summary>
public sealed partial class ModelDetails
{
    [Parameter, EditorRequired]
    public required RegisteredModel Model { get; set; }

    /// <summary>Null before the first promotion.</summary>
    [Parameter]
    public RegisteredModel? Live { get; set; }

    private ModelCard Card => Model.Card;

    /// <summary>The live model, where it is not the one that is shown.</summary>
    private RegisteredModel? Other => Live is { } live && live.Key != Model.Key ? live : null;

    private bool WasMeasuredOnOtherRows =>
        Card.Metrics is not null && Other is { Card.Metrics: not null } other
        && (Card.TestFingerprint is null || other.Card.TestFingerprint != Card.TestFingerprint);

    private string Took => Card.Seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $", in {Card.Seconds:0.#} s") : "";

    private IReadOnlyList<MetricSeries> Series
    {
        get
        {
            var series = new List<MetricSeries>();
            if (Card.Metrics is { } held)
            {
                series.Add(new MetricSeries($"{Model.Version}, held out", "own", held));
            }

            if (Card.CrossValidation is { } crossed)
            {
                series.Add(new MetricSeries($"{Model.Version}, cross-validated", "crossed", crossed));
            }

            if (series.Count > 0 && !WasMeasuredOnOtherRows && Other is { Card.Metrics: { } live })
            {
                series.Add(new MetricSeries($"{Other.Version}, live", "live", live));
            }

            return series;
        }
    }

    private IEnumerable<(string Name, string Value)> Facts =>
    [
        ("Recipe", Card.Recipe ?? "—"),
        ("Trained on", Card.TrainedOn ?? "—"),
        ("Rows", string.Create(CultureInfo.InvariantCulture, $"{Card.TrainRows:N0} trained on, {Card.TestRows:N0} held out")),
        ("Left out", Dropped),
        ("Removed by moderators", Card.TrainRows == 0 ? "—" : Card.RemovedShare.ToString("0.0%", CultureInfo.InvariantCulture)),
    ];

    private string Dropped
    {
        get
        {
            if (Card.DroppedRows == 0)
            {
                return "none";
            }

            (string Kind, int Rows)[] kinds = [("notices", Card.NoticeRows), ("duplicates", Card.DuplicateRows), ("shared with the test rows", Card.SharedRows)];
            var known = kinds.Where(kind => kind.Rows > 0).Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Rows:N0} {kind.Kind}")).ToList();
            var sum = Card.DroppedRows.ToString("N0", CultureInfo.InvariantCulture);
            return known.Count == 0 ? sum : $"{sum} ({string.Join(", ", known)})";
        }
    }
}
