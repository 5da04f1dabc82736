using Microsoft.AspNetCore.Components;

using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Live;
using Moderation.Web.Components.Parts;

using MudBlazor;

namespace Moderation.Web.Components.Pages.History;

/// <summary>Every comment with its status and decision, in pages by key; the filter and the place are in the address.</summary>
public sealed partial class HistoryPage : IDisposable
{
    private const int PageSize = 50;
    private const int LongestExcerpt = 280;

    private static readonly CommentStatus[] _statuses =
        [CommentStatus.Pending, CommentStatus.Escalated, CommentStatus.Approved, CommentStatus.Removed, CommentStatus.Unflagged];

    private CommentPage? _page;
    private CommentStatus? _status;
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
    public required ISnackbar Snackbar { get; init; }

    [CascadingParameter]
    public required Moderator Moderator { get; set; }

    [SupplyParameterFromQuery(Name = "status")]
    public string? StatusName { get; set; }

    /// <summary>Only comments with a smaller id: the page behind that one.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public long? Before { get; set; }

    public void Dispose() => _subscription?.Dispose();

    protected override void OnInitialized() => _subscription = Changes.Subscribe(() => InvokeAsync(RefreshAsync));

    protected override async Task OnParametersSetAsync()
    {
        _status = Enum.TryParse<CommentStatus>(StatusName, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null;
        await LoadAsync();
    }

    private static string Excerpt(string body) => body.Length <= LongestExcerpt ? body : TextSegment.Shorten(body, LongestExcerpt) + "…";

    private static string LinkTo(CommentStatus? status, long? before)
    {
        var query = new List<string>();
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

    private async Task LoadAsync()
    {
        var request = ++_requests;
        try
        {
            PageCursor? after = Before is { } id ? new PageCursor(id, 0) : null;
            var page = await Reader.ReadAsync(_status, after, PageSize, CancellationToken.None);
            if (request == _requests)
            {
                // Otherwise another filter was chosen meanwhile, and its answer must not be overwritten by this one.
                _page = page;
                _error = null;
            }
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            _error = e.Message;
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
