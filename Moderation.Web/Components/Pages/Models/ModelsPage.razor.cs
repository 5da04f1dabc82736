using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Live;
using Moderation.Pipeline.Models.Registry;
using Moderation.Web.Components.Parts;

using MudBlazor;

namespace Moderation.Web.Components.Pages.Models;

/// <summary>The versions of the model, each with its card; promotes them and rolls back. The version shown is in the address.</summary>
public sealed partial class ModelsPage : IDisposable
{
    private const int ListedPromotions = 20;

    private IReadOnlyList<RegisteredModel>? _models;
    private IReadOnlyList<PromotionEvent> _history = [];
    private string? _previous;
    private string? _shown;
    private long _revision = -1;
    private Question? _question;
    private bool _busy;
    private string? _error;
    private string? _problem;
    private string? _announcement;
    private ElementReference _title;
    private ElementReference _heading;
    private IDisposable? _subscription;

    [Inject]
    public required IModelRegistry Registry { get; init; }

    [Inject]
    public required PipelineReadiness Readiness { get; init; }

    [Inject]
    public required ChangeFeed Changes { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [CascadingParameter]
    public required Moderator Moderator { get; set; }

    /// <summary>The version shown; the live one when left out.</summary>
    [SupplyParameterFromQuery(Name = "version")]
    public string? Version { get; set; }

    private RegisteredModel? Live => _models?.FirstOrDefault(model => model.State == ModelState.Live);

    private RegisteredModel? Selected =>
        _models?.FirstOrDefault(model => model.Version == Version) ?? Live ?? (_models is [var newest, ..] ? newest : null);

    public void Dispose() => _subscription?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        // Before the first wait: what changes while the models are read is read again.
        _subscription = Changes.Subscribe(() => InvokeAsync(RefreshAsync));
        await LoadAsync();
    }

    protected override void OnParametersSet()
    {
        if (_shown != Version)
        {
            // A question or a problem of another version must not stand under this one.
            (_shown, _question, _problem) = (Version, null, null);
        }
    }

    private async Task LoadAsync()
    {
        var revision = Registry.Revision;
        try
        {
            var models = await Registry.ListAsync(CancellationToken.None);
            var history = await Registry.HistoryAsync(ListedPromotions, CancellationToken.None);
            var previous = await Registry.FindPreviousAsync(CancellationToken.None);
            if (revision >= _revision)
            {
                // Otherwise a later reading was faster, and must not be overwritten by this one.
                (_models, _history, _previous, _revision, _error) = (models, history, previous, revision, null);
            }
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            _error = e.Message;
        }
    }

    /// <summary>The signal comes at every commit; models change seldom.</summary>
    private async Task RefreshAsync()
    {
        if (_revision == Registry.Revision)
        {
            if (_models is { Count: 0 })
            {
                // How far the first model's training is.
                StateHasChanged();
            }

            return;
        }

        var before = Live?.Version;
        await LoadAsync();
        if (!_busy && _question is not null && before != Live?.Version)
        {
            // What the question said is no longer what would happen.
            _question = null;
            _problem = $"{Live?.Version} became live meanwhile; nothing else was changed.";
        }

        StateHasChanged();
    }

    private void Ask(PromotionKind kind, string version) => (_question, _problem) = (new Question(kind, version), null);

    private Task CancelAsync() => _question is { } question ? CloseAsync(question.Kind) : Task.CompletedTask;

    private async Task ConfirmAsync()
    {
        if (_busy || _question is not { } question)
        {
            // A second press that was on its way already.
            return;
        }

        _busy = true;
        try
        {
            var promoted = question.Kind == PromotionKind.RollBack
                ? await Registry.RollBackAsync(Moderator.Name, question.Version, CancellationToken.None)
                : await Registry.PromoteAsync(question.Version, Moderator.Name, CancellationToken.None);
            _announcement = $"{promoted.Version} is live from the next batch on.";
            Snackbar.Add(_announcement, Severity.Normal);
        }
        catch (Exception e) when (e is ModelRegistryException or StoreUnavailableException)
        {
            _problem = $"{(question.Kind == PromotionKind.RollBack ? "The model was not rolled back" : $"{question.Version} was not promoted")}. {e.Message}";
        }
        finally
        {
            _busy = false;
        }

        await LoadAsync();
        await CloseAsync(question.Kind);
    }

    /// <summary>The buttons that had the focus are gone; reading goes on at the heading above them.</summary>
    private async Task CloseAsync(PromotionKind kind)
    {
        _question = null;
        try
        {
            await (kind == PromotionKind.RollBack ? _title : _heading).FocusAsync();
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException)
        {
            // The heading is gone, or the browser is.
        }
    }

    private sealed record Question(PromotionKind Kind, string Version);
}
