using System.Globalization;
using System.Threading.Channels;

using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

using Moderation.Data.Reading;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Live;

namespace Moderation.Web.Components.Parts;

/// <summary>Possible raids that nobody has dismissed: the newest, and the others behind a button.</summary>
public sealed partial class RaidNotices : IDisposable
{
    private const int Most = 20;

    /// <summary>Shortest time between two looks: commits come far more often than raids.</summary>
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<SpikeItem> _spikes = [];
    private IDisposable? _subscription;
    private long? _newest;
    private bool _expanded;
    private string? _problem;
    private string? _announcement;

    [Inject]
    public required SpikeReader Spikes { get; init; }

    [Inject]
    public required SpikeWriter Writer { get; init; }

    [Inject]
    public required ChangeFeed Changes { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [CascadingParameter]
    public required Moderator Moderator { get; set; }

    /// <summary>The page's heading, where reading goes on when a notice is dismissed.</summary>
    [Parameter]
    public Func<ElementReference>? Heading { get; set; }

    public void Dispose()
    {
        _subscription?.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        // The feed does not call again before this one is done, and forgets no change meanwhile.
        _subscription = Changes.Subscribe(async () =>
        {
            await InvokeAsync(RefreshAsync);
            await Task.Delay(_interval, Time, _stop.Token);
        });
        return RefreshAsync();
    }

    private static string Describe(SpikeItem spike)
    {
        var usual = spike.Expected < 0.5
            ? "usually there is none"
            : string.Create(CultureInfo.InvariantCulture, $"about {spike.Expected:N0} are usual");
        return string.Create(CultureInfo.InvariantCulture, $"{spike.Flagged:N0} flagged comments in five minutes, where {usual}.");
    }

    private string Since(SpikeItem spike) => spike.Start.ToString(
        Time.GetUtcNow() - spike.Start < TimeSpan.FromDays(1) ? "HH:mm 'UTC'" : "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private async Task RefreshAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        IReadOnlyList<SpikeItem> spikes;
        try
        {
            spikes = await Spikes.ListAsync(Most, _stop.Token);
        }
        catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException || (e is OperationCanceledException && _stop.IsCancellationRequested))
        {
            // The page itself says that the database cannot be read; what is known stays, and the next change asks again.
            return;
        }

        if (spikes.SequenceEqual(_spikes) && _newest is not null)
        {
            return;
        }

        Announce(spikes);
        _spikes = spikes;
        _expanded &= spikes.Count > 1;
        StateHasChanged();
    }

    /// <summary>A raid is spoken once, however it grows; those that were there before the page was opened are read with it.</summary>
    private void Announce(IReadOnlyList<SpikeItem> spikes)
    {
        var newest = spikes.Count > 0 ? spikes[0].Id : 0;
        if (_newest is { } known && newest > known)
        {
            _announcement = $"Possible raid in {spikes[0].Community}: {Describe(spikes[0])}";
        }

        _newest = Math.Max(newest, _newest ?? 0);
    }

    private async Task DismissAsync(SpikeItem spike)
    {
        _problem = null;
        try
        {
            await Writer.DismissAsync(spike.Id, Moderator.Name, _stop.Token);
        }
        catch (StoreUnavailableException e)
        {
            _problem = $"The notice could not be dismissed. {e.Message}";
            return;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException)
        {
            _problem = "The program is shutting down; try again when it runs.";
            return;
        }

        await RefreshAsync();
        await FocusAsync();
    }

    /// <summary>The button that had the focus is gone with its notice.</summary>
    private async Task FocusAsync()
    {
        try
        {
            if (Heading is not null)
            {
                await Heading().FocusAsync();
            }
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or InvalidOperationException)
        {
            // The heading is gone, or the browser is.
        }
    }
}
