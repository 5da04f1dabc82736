using System.Globalization;

using Microsoft.AspNetCore.Components;

using Moderation.Data.Reading;
using Moderation.Data.Writing;
using Moderation.Pipeline.Live;

namespace Moderation.Web.Components.Parts;

/// <summary>Possible raids that nobody has dismissed, the newest few.</summary>
public sealed partial class RaidNotices : IDisposable
{
    private const int Most = 3;

    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<SpikeItem> _spikes = [];
    private IDisposable? _subscription;

    [Inject]
    public required SpikeReader Spikes { get; init; }

    [Inject]
    public required SpikeWriter Writer { get; init; }

    [Inject]
    public required ChangeFeed Changes { get; init; }

    [CascadingParameter]
    public required Moderator Moderator { get; set; }

    public void Dispose()
    {
        _subscription?.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _subscription = Changes.Subscribe(() => InvokeAsync(RefreshAsync));
        _spikes = await Spikes.ListAsync(Most, _stop.Token);
    }

    private static string Describe(SpikeItem spike)
    {
        var usual = spike.Expected < 0.5
            ? "usually there is none"
            : string.Create(CultureInfo.InvariantCulture, $"about {spike.Expected:N0} are usual");
        return string.Create(CultureInfo.InvariantCulture, $"{spike.Flagged:N0} flagged comments in five minutes, where {usual}.");
    }

    private async Task RefreshAsync()
    {
        var spikes = await Spikes.ListAsync(Most, _stop.Token);
        if (!spikes.SequenceEqual(_spikes))
        {
            _spikes = spikes;
            StateHasChanged();
        }
    }

    private async Task DismissAsync(SpikeItem spike)
    {
        await Writer.DismissAsync(spike.Id, Moderator.Name, _stop.Token);
        await RefreshAsync();
    }
}
