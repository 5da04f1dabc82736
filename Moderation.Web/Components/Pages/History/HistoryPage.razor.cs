using Microsoft.AspNetCore.Components;

using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Data.Searching;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Live;
using Moderation.Web.Components.Parts;

using MudBlazor;

namespace Moderation.Web.Components.Pages.History;

/// <summary>Every comment with its status and decision, in pages by key; the filter, the words and the place are in the address.</summary>
public sealed partial class HistoryPage : IDisposable
{
    private const int PageSize = 50;
    private const int LongestExcerpt = 280;

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private static readonly CommentStatus[] _statuses =
        [CommentStatus.Pending, CommentStatus.Escalated, CommentStatus.Approved, CommentStatus.Removed, CommentStatus.Unflagged];

    private readonly CancellationTokenSource _left = new();
    private CommentPage? _page;
    private CommentStatus? _status;
    private string? _words;
    private string? _reason;
    private bool _budgetSpent;
    private SearchFigures? _index;
    private long _indexed;
    private string? _error;
    private string? _announcement;
    private int _requests;
    private IDisposable? _subscription;

    [Inject]
    public required HistoryReader Reader { get; init; }

    [Inject]
    public required QueueReader Queue { get; init; }

    [Inject]
    public required DecisionWriter Decisions { get; init; }

    [Inject]
    public required ChangeFeed Changes { get; init; }

    [Inject]
    public required SearchStatus Index { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [CascadingParameter]
    public required Moderator Moderator { get; set; }

    [SupplyParameterFromQuery(Name = "status")]
    public string? StatusName { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Words { get; set; }

    /// <summary>Only comments with a smaller id: the page behind that one.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public long? Before { get; set; }

    /// <summary>Why there is no row, and what to do.</summary>
    private (string What, string Next) Emptiness => (_words, _status) switch
    {
        (not null, _) when _reason is not null => ("Nothing to show", _reason),
        (not null, _) when _budgetSpent => ("Nothing found so far", "Older comments have not been looked at yet."),
        (not null, null) => ("No comment has these words", "All of them must be in a comment. Try fewer, or a star for the rest of a word."),
        (not null, _) => ("No comment with this status has these words", "Choose another status, or all."),
        (null, null) => ("No comment has come yet", "They appear here as soon as a source sends them; the pipeline page shows the sources."),
        _ => ("No comment has this status", "Choose another status, or all."),
    };

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
        _subscription?.Dispose();
    }

    protected override void OnInitialized()
    {
        _subscription = Changes.Subscribe(() => InvokeAsync(RefreshAsync));
        _ = WatchIndexAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        _status = Enum.TryParse<CommentStatus>(StatusName, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null;
        _words = string.IsNullOrWhiteSpace(Words) ? null : Words;
        await LoadAsync();
    }

    private static string Excerpt(string body) => body.Length <= LongestExcerpt ? body : TextSegment.Shorten(body, LongestExcerpt) + "…";

    private string LinkTo(CommentStatus? status, long? before) => LinkTo(_words, status, before);

    private static string LinkTo(string? words, CommentStatus? status, long? before)
    {
        var query = new List<string>();
        if (words is not null)
        {
            query.Add($"q={Uri.EscapeDataString(words)}");
        }

        if (status is { } known)
        {
            query.Add($"status={known.ToString().ToLowerInvariant()}");
        }

        if (before is { } id)
        {
            query.Add($"before={id}");
        }

        return query.Count == 0 ? "history" : $"history?{string.Join('&', query)}";
    }

    private string Pressed(CommentStatus? status) => _status == status ? "true" : "false";

    /// <summary>The first words get an entry in the browser's history; what is typed after them replaces it.</summary>
    private async Task SearchAsync(string? words)
    {
        if (words == _words && Before is null)
        {
            await LoadAsync();
        }
        else
        {
            Navigation.NavigateTo(LinkTo(words, _status, null), replace: _words is not null);
        }
    }

    private async Task LoadAsync()
    {
        var request = ++_requests;
        try
        {
            PageCursor? after = Before is { } id ? new PageCursor(id, 0) : null;
            var indexed = Index.Read().Position;
            var found = _words is null
                ? new FoundPage(await Reader.ReadAsync(_status, after, PageSize, _left.Token), false, null, 0)
                : await Reader.SearchAsync(_words, _status, after, PageSize, _left.Token);
            if (request == _requests)
            {
                // Otherwise another filter was chosen meanwhile, and its answer must not be overwritten by this one.
                (_page, _reason, _budgetSpent, _indexed) = (found.Page, found.Reason, found.BudgetSpent, indexed);
                _index = Index.Read();
                _error = null;
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            _error = e.Message;
        }
    }

    /// <summary>How far the index is behind is shown as it changes; rows are looked for again only where there are none.</summary>
    private async Task WatchIndexAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(_interval, Time);
            while (await timer.WaitForNextTickAsync(_left.Token))
            {
                await InvokeAsync(LookAtIndexAsync);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task LookAtIndexAsync()
    {
        var index = Index.Read();
        if (_words is null || _page is not { } page)
        {
            return;
        }

        if (page.Items.Count == 0 && !_budgetSpent && index.Position != _indexed)
        {
            await LoadAsync();
            StateHasChanged();
        }
        else if (index.Behind != _index?.Behind || index.Problem != _index.Problem)
        {
            _index = index;
            StateHasChanged();
        }
    }

    /// <summary>The rows stay where they are; what happened to them shows in place.</summary>
    private async Task RefreshAsync()
    {
        if (_page is not { } page)
        {
            return;
        }

        if (page.Items.Count == 0)
        {
            if (_words is not null)
            {
                // What was only just committed is not in the index yet; it is watched by itself.
                return;
            }

            await LoadAsync();
            StateHasChanged();
            return;
        }

        var states = await Queue.StatesAsync([.. page.Items.Select(item => item.Id)], CancellationToken.None);
        if (page.Items.Any(item => states.TryGetValue(item.Id, out var state) && state.TextVersion != item.TextVersion))
        {
            await LoadAsync();
            StateHasChanged();
        }
        else if (page.Items.Any(item => states.TryGetValue(item.Id, out var state) && state.Version != item.Version))
        {
            _page = page with { Items = [.. page.Items.Select(item => states.TryGetValue(item.Id, out var state) ? item.With(state) : item)] };
            StateHasChanged();
        }
    }

    private async Task UndoAsync(CommentItem item)
    {
        try
        {
            var outcome = await Decisions.DecideAsync(
                new DecisionRequest(item.Id, DecisionAction.Undo, item.Version, Moderator.Name), CancellationToken.None);
            Say(outcome.Result == DecisionResult.Done ? "Undone. The comment is back where it was." : outcome.Message ?? "It could not be undone.");
            await RefreshAsync();
        }
        catch (StoreUnavailableException e)
        {
            Say($"It was not undone. {e.Message}");
        }
    }

    private void Say(string message)
    {
        _announcement = message;
        Snackbar.Add(message, Severity.Normal);
    }
}
