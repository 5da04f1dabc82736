using System.Globalization;

using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Live;
using Moderation.Pipeline.Models.Registry;
using Moderation.Web.Components.Parts;

using MudBlazor;

namespace Moderation.Web.Components.Pages.Queue;

/// <summary>The queue: what waits, decided on by button or key. What is on the screen moves only when its reader asks.</summary>
public sealed partial class QueuePage : IAsyncDisposable
{
    private const float CardHeight = 152;

    private const int ToastMilliseconds = 10_000;

    /// <summary>A decision that comes sooner than this after the text changed was meant for the text before.</summary>
    private static readonly TimeSpan _timeToSee = TimeSpan.FromSeconds(1);

    private static readonly string[] _keys =
        ["J", "K", "A", "R", "N", "?", "Escape", "Ctrl+Z", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>This page's own decisions in force, the latest last: the comment and its version right after.</summary>
    private readonly OrderedDictionary<long, int> _undoable = [];
    private QueueWindow _window = null!;
    private ElementReference _title;
    private QueueSort? _loadedSort;
    private QueueSort _sort;
    private bool _choosing;
    private string? _error;
    private string? _announcement;
    private IDisposable? _subscription;
    private KeyListener _shortcuts = null!;

    [Inject]
    public required QueueReader Reader { get; init; }

    [Inject]
    public required DecisionWriter Decisions { get; init; }

    [Inject]
    public required ModelShelf Models { get; init; }

    [Inject]
    public required PipelineReadiness Readiness { get; init; }

    [Inject]
    public required ChangeFeed Changes { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [CascadingParameter]
    public required Moderator Moderator { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? SortName { get; set; }

    /// <summary>A shortcut was pressed.</summary>
    public Task OnKey(string key) => InvokeAsync(() => HandleKeyAsync(key));

    public async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        await _shortcuts.DisposeAsync();
    }

    protected override void OnInitialized() =>
        (_window, _shortcuts) = (new QueueWindow(Reader, Models, Time), new KeyListener(Js, _keys, OnKey));

    protected override async Task OnParametersSetAsync()
    {
        _sort = Enum.TryParse<QueueSort>(SortName, ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : QueueSort.Newest;
        if (_loadedSort != _sort)
        {
            _loadedSort = _sort;
            await ReloadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _subscription = Changes.Subscribe(() => InvokeAsync(RefreshAsync));
        await _shortcuts.StartAsync();

        // Something may have been committed between the first query and the subscription.
        await RefreshAsync();
    }

    private static string Percent(double fraction) => (fraction * 100).ToString("0", CultureInfo.InvariantCulture);

    private async Task ReloadAsync()
    {
        try
        {
            await _window.LoadAsync(_sort);
            _error = null;
            _choosing = false;
            await _shortcuts.InvokeVoidAsync("toTop", "queue-list");
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            _error = e.Message;
        }
    }

    /// <summary>Something was committed: ask again for what is shown.</summary>
    private async Task RefreshAsync()
    {
        if (_window.Cards is { Count: 0 })
        {
            // Nothing is being read that could move.
            await ReloadAsync();
        }
        else
        {
            await _window.RefreshAsync();
        }

        StateHasChanged();
    }

    private void ChangeSort(ChangeEventArgs change) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter("sort", change.Value?.ToString()?.ToLowerInvariant()));

    private void Select(QueueCardModel card)
    {
        if (_window.Selected != card)
        {
            _window.Select(card);
            _choosing = false;
        }
    }

    private void Choose(QueueCardModel card)
    {
        _window.Select(card);
        _choosing = true;
    }

    private void CancelChoice() => _choosing = false;

    private async Task HandleKeyAsync(string key)
    {
        switch (key)
        {
            case "J":
                await MoveAsync(+1);
                break;
            case "K":
                await MoveAsync(-1);
                break;
            case "A" when _window.Selected is { IsDone: false } card:
                await ApproveAsync(card);
                break;
            case "R" when _window.Selected is { IsDone: false }:
                _choosing = true;
                break;
            case "N" when _window.Newer.Value > 0:
                await ReloadAsync();
                break;
            case "Ctrl+Z" when _undoable.Count > 0:
                await UndoAsync(_undoable.GetAt(_undoable.Count - 1).Key);
                break;
            case "Escape":
                _choosing = false;
                break;
            case "?":
                await ShowKeysAsync();
                break;
            case [var digit] when _choosing && char.IsAsciiDigit(digit) && _window.Selected is { IsDone: false } card:
                if (digit - '1' < RemovalReason.All.Count)
                {
                    await RemoveAsync(card, RemovalReason.All[digit - '1'].Code);
                }

                break;
        }

        StateHasChanged();
    }

    private async Task MoveAsync(int step)
    {
        _choosing = false;
        await _window.MoveAsync(step);
        await RevealSelectedAsync();
    }

    private async Task RevealSelectedAsync()
    {
        if (_window.Selected is { } selected)
        {
            StateHasChanged();
            await _shortcuts.InvokeVoidAsync("reveal", selected.ElementId);
        }
    }

    private Task ApproveAsync(QueueCardModel card) => DecideAsync(card, DecisionAction.Approve, reason: null);

    private Task RemoveAsync(QueueCardModel card, string reason) => DecideAsync(card, DecisionAction.Remove, reason);

    private async Task DecideAsync(QueueCardModel card, DecisionAction action, string? reason)
    {
        if (card.IsBeingDecided)
        {
            return;
        }

        _choosing = false;
        if (card.IsDone)
        {
            // The press was on its way when somebody else's decision arrived here: its new version must not pass for seen.
            Warn(card.Item.Decision is { } earlier
                ? $"{earlier.Actor} decided meanwhile: {DecisionText.Past(earlier.Action).ToLowerInvariant()}."
                : "The comment needs no decision any more.");
            return;
        }

        if (card.TextChangedAt is { } changed && Time.GetElapsedTime(changed) < _timeToSee)
        {
            // The key was on its way when the text changed under it.
            Warn("The comment was edited just now. Read it again before you decide.");
            return;
        }

        DecisionOutcome? outcome;
        card.IsBeingDecided = true;
        try
        {
            outcome = await SendAsync(new DecisionRequest(card.Item.Id, action, card.Item.Version, Moderator.Name, reason));
        }
        finally
        {
            card.IsBeingDecided = false;
        }

        if (outcome?.Comment is not { } state)
        {
            return;
        }

        await _window.ApplyAsync(card, state);
        if (outcome.Result != DecisionResult.Done)
        {
            Warn(outcome.Message ?? "The decision was not taken.");
            return;
        }

        _undoable.Remove(card.Item.Id);
        _undoable.Add(card.Item.Id, state.Version);
        var done = action == DecisionAction.Remove ? $"Removed: {DecisionText.Reason(reason)}." : $"{DecisionText.Past(action)}.";
        Tell($"{done} Undo (Ctrl+Z)", card.Item.Id);
        _window.SelectNext(card);
        await RevealSelectedAsync();
    }

    private async Task UndoAsync(long id)
    {
        if (!_undoable.Remove(id, out var version))
        {
            return;
        }

        // The version right after the own decision: what a colleague decided since is theirs.
        var outcome = await SendAsync(new DecisionRequest(id, DecisionAction.Undo, version, Moderator.Name));
        if (outcome is null)
        {
            _undoable.Add(id, version);
            return;
        }

        var card = _window.Find(id);
        if (card is not null && outcome.Comment is { } state)
        {
            await _window.ApplyAsync(card, state);
        }

        if (outcome.Result != DecisionResult.Done)
        {
            Warn(outcome.Message ?? "It could not be undone.");
            return;
        }

        Tell("Undone. The comment waits again.", undo: null);
        if (card is not null)
        {
            _window.Select(_window.Find(id) ?? card);
            await RevealSelectedAsync();
        }
    }

    /// <summary>The decision in force on a card is this page's own.</summary>
    private bool CanUndo(QueueCardModel card) => _undoable.TryGetValue(card.Item.Id, out var version) && version == card.Item.Version;

    /// <summary>Null when the decision could not be stored; it was then said.</summary>
    private async Task<DecisionOutcome?> SendAsync(DecisionRequest request)
    {
        try
        {
            return await Decisions.DecideAsync(request, CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            Warn($"Your decision was not stored. {e.Message}");
            return null;
        }
    }

    private void Tell(string message, long? undo)
    {
        _announcement = message;

        // One at a time: the newest decision is the one that Ctrl+Z takes back, and a stack would cover the list.
        Snackbar.Clear();
        Snackbar.Add(message, Severity.Normal, options =>
        {
            options.HideIcon = true;
            options.VisibleStateDuration = ToastMilliseconds;
            options.ShowTransitionDuration = 0;
            options.HideTransitionDuration = 100;
            if (undo is { } id)
            {
                options.Action = "Undo";
                options.OnClick = _ => InvokeAsync(async () =>
                {
                    await UndoAsync(id);
                    StateHasChanged();
                });
            }
        });
    }

    private void Warn(string message)
    {
        _announcement = message;
        Snackbar.Add(message, Severity.Warning, static options => options.VisibleStateDuration = ToastMilliseconds);
    }

    private async Task ShowKeysAsync() => await Dialogs.ShowAsync<KeysDialog>("Keys", new DialogOptions { CloseOnEscapeKey = true, CloseButton = true });

    private async Task ReadMoreAsync(QueueCardModel card)
    {
        Select(card);
        var parameters = new DialogParameters<CommentDialog> { { dialog => dialog.Segments, card.AllSegments } };
        await Dialogs.ShowAsync<CommentDialog>(
            $"Comment by {card.Item.Author ?? "an unknown author"}", parameters,
            new DialogOptions { CloseOnEscapeKey = true, CloseButton = true, MaxWidth = MaxWidth.Medium, FullWidth = true });
    }
}
