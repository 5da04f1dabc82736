using System.Globalization;
using System.Threading.Channels;

using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using Microsoft.JSInterop;

using Moderation.Data.Reading;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Flow.Replay;

using MudBlazor;

namespace Moderation.Web.Components.Pages.Pipeline;

/// <summary>
/// The dead letters that wait: tried again one by one, all together or mended, or discarded. The source shown is in the
/// address. While somebody reads an original or an older page, nothing moves by itself.
/// </summary>
public sealed partial class DeadLettersPanel : IDisposable
{
    private const int PageSize = 25;

    /// <summary>What others did is seen within so many seconds; own actions and new letters at once.</summary>
    private static readonly TimeSpan _staleAfter = TimeSpan.FromSeconds(3);

    /// <summary>Shortest time between two drawings of how far a run has come.</summary>
    private static readonly TimeSpan _drawEvery = TimeSpan.FromMilliseconds(250);

    private const string ClosedMeanwhile = "The dead letter was closed meanwhile.";

    /// <summary>Most letters whose changed texts are remembered; the oldest text is forgotten first.</summary>
    private const int MostDrafts = 50;

    private readonly CancellationTokenSource _left = new();
    private readonly OrderedDictionary<long, string> _drafts = [];
    private DeadLetterPage? _page;
    private CappedCount? _count;
    private IReadOnlyList<string> _sources = [];
    private string? _shown;
    private long? _before;
    private long _arrived = -1;
    private long _readAt;
    private DeadLetterDetails? _open;
    private long? _question;
    private bool _busy;
    private string? _progress;
    private long _drawnAt;
    private string? _problem;
    private string? _error;
    private string? _announcement;
    private ElementReference _heading;

    [Inject]
    public required DeadLetterReader Letters { get; init; }

    [Inject]
    public required IDeadLetterStore Store { get; init; }

    [Inject]
    public required DeadLetterReplay Replay { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>How many came since the program started: when it changes, the list is read again.</summary>
    [Parameter, EditorRequired]
    public long Arrived { get; set; }

    /// <summary>Changes with the page's clock: the panel looks whether what it shows has become stale.</summary>
    [Parameter, EditorRequired]
    public long Tick { get; set; }

    /// <summary>The source whose letters are shown; those of all when left out.</summary>
    [SupplyParameterFromQuery(Name = "source")]
    public string? Source { get; set; }

    private string Busy => _busy ? "true" : "false";

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Source)
        {
            (_shown, _before, _open, _question, _problem, _page) = (Source, null, null, null, null, null);
        }

        var resting = _page is not null && _error is null && (_busy || _open is not null || _question is not null || _before is not null);
        if (!resting && (_page is null || _arrived != Arrived || Time.GetElapsedTime(_readAt) > _staleAfter))
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        (_arrived, _readAt) = (Arrived, Time.GetTimestamp());
        var (source, before) = (Source, _before);
        try
        {
            var page = await Letters.ListAsync(source, before, PageSize, _left.Token);
            var count = await Letters.CountAsync(source, _left.Token);
            var sources = await Letters.SourcesAsync(_left.Token);
            if (source == Source && before == _before)
            {
                // Otherwise something else is shown by now.
                (_page, _count, _sources, _error) = (page, count, sources, null);
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (SqliteException e)
        {
            _error = e.Message;
        }
    }

    private void Filter(ChangeEventArgs change) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter("source", change.Value is string { Length: > 0 } source ? source : null));

    private Task TurnAsync(long? before)
    {
        (_before, _open, _question) = (before, null, null);
        return LoadAsync();
    }

    private async Task OpenAsync(long id)
    {
        if (_open?.Item.Id == id)
        {
            _open = null;
            return;
        }

        _problem = null;
        try
        {
            if (await Letters.FindAsync(id, _left.Token) is { ClosedAt: null } open)
            {
                _open = open;
                return;
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            return;
        }
        catch (SqliteException e)
        {
            _problem = Unreadable(e);
            return;
        }

        _open = null;
        Tell(ClosedMeanwhile);
        await LoadAsync();
        await FocusAsync();
    }

    private void Keep(string? text)
    {
        if (_open is not { } open)
        {
            return;
        }

        _drafts.Remove(open.Item.Id);
        if (text is null || text == open.Original)
        {
            return;
        }

        if (_drafts.Count == MostDrafts)
        {
            _drafts.RemoveAt(0);
        }

        _drafts.Add(open.Item.Id, text);
    }

    private static string Unreadable(SqliteException e) => $"The dead letter could not be read: {e.Message}";

    private void Ask(long id)
    {
        if (!_busy)
        {
            (_question, _problem) = (id, null);
        }
    }

    private Task CancelAsync()
    {
        _question = null;
        return FocusAsync();
    }

    private Task CloseAsync()
    {
        _open = null;
        return FocusAsync();
    }

    private Task ReplayAsync(DeadLetterItem letter) =>
        DoAsync(async stop => Tell(await Replay.RunAsync([letter.Id], progress: null, stop)));

    private Task ReplayMendedAsync(string mended) => _open is { } open
        ? DoAsync(async stop =>
        {
            var run = await Replay.RunMendedAsync(open.Item.Id, mended, stop);
            Tell(run);

            // What the person wrote stays in the box until it is good.
            if (run.Failed == 0)
            {
                _open = null;
                _drafts.Remove(open.Item.Id);
            }
        })
        : Task.CompletedTask;

    private Task ReplayAllAsync() => DoAsync(async stop =>
    {
        _open = null;
        (_progress, _announcement) = ("Replaying…", "Replaying…");
        Tell(await Replay.RunAllAsync(Source, sums => _ = InvokeAsync(() => Draw(sums)), stop));
    });

    /// <summary>A run calls behind each of its commits, from wherever it is.</summary>
    private void Draw(ReplayRun sums)
    {
        if (_busy && !_left.IsCancellationRequested && Time.GetElapsedTime(_drawnAt) >= _drawEvery)
        {
            _drawnAt = Time.GetTimestamp();
            _progress = string.Create(CultureInfo.InvariantCulture, $"Replaying… {sums.Replayed + sums.Failed + sums.Gone:N0} tried");
            StateHasChanged();
        }
    }

    private Task DiscardAsync() => _question is { } id
        ? DoAsync(async stop =>
        {
            Tell(await Store.DiscardAsync([id], stop) == 1 ? "The dead letter is discarded." : ClosedMeanwhile);
            _question = null;
            _drafts.Remove(id);
        })
        : Task.CompletedTask;

    private void Tell(ReplayRun run)
    {
        if (run.Failed > 0)
        {
            _problem = run is { Failed: 1, Replayed: 0, Failures: [var only] }
                ? $"It failed again: {only.Reason}"
                : string.Create(CultureInfo.InvariantCulture, $"{run.Failed:N0} failed again and wait with their new reasons; {run.Replayed:N0} became comments.");
        }
        else
        {
            Tell(run switch
            {
                { Replayed: 1 } => "1 dead letter became a comment.",
                { Replayed: > 1 } => string.Create(CultureInfo.InvariantCulture, $"{run.Replayed:N0} dead letters became comments."),
                { Gone: > 0 } => ClosedMeanwhile,
                _ => "None waits any more.",
            });
        }
    }

    private void Tell(string done)
    {
        if (_left.IsCancellationRequested)
        {
            return;
        }

        _announcement = done;
        Snackbar.Add(done, Severity.Normal);
    }

    private async Task DoAsync(Func<CancellationToken, Task> work)
    {
        if (_busy)
        {
            // A second press that was on its way already.
            return;
        }

        (_busy, _problem, _announcement) = (true, null, null);
        try
        {
            // Not cancelled with the page: who leaves must not leave a run half-way. The end of the program ends it.
            await work(CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            _problem = e.Message;
        }
        catch (SqliteException e)
        {
            _problem = Unreadable(e);
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException)
        {
            _problem = "The pipeline is shutting down; try again when it runs.";
        }
        finally
        {
            (_busy, _progress) = (false, null);
        }

        if (_left.IsCancellationRequested)
        {
            return;
        }

        await LoadAsync();
        if (_open is null)
        {
            await FocusAsync();
        }
    }

    /// <summary>The row that had the focus is gone, or may be; reading goes on at the heading above it.</summary>
    private async Task FocusAsync()
    {
        try
        {
            await _heading.FocusAsync();
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or InvalidOperationException)
        {
            // The heading is gone, or the browser is.
        }
    }
}
