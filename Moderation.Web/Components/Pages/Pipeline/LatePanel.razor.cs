using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;

using Moderation.Data.Reading;

namespace Moderation.Web.Components.Pages.Pipeline;

/// <summary>The newest comments that came too late for every window of their time.</summary>
public sealed partial class LatePanel : IDisposable
{
    private const int Most = 20;

    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<LateItem>? _items;
    private long _read = -1;
    private string? _error;

    [Inject]
    public required LateReader Comments { get; init; }

    /// <summary>How many came since the program started: when it changes, the list is read again.</summary>
    [Parameter, EditorRequired]
    public long Late { get; set; }

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override Task OnParametersSetAsync() => _read == Late ? Task.CompletedTask : LoadAsync();

    private async Task LoadAsync()
    {
        var late = _read = Late;
        try
        {
            var items = await Comments.ListAsync(Most, _left.Token);
            if (late == _read)
            {
                // Otherwise a newer list is on its way.
                (_items, _error) = (items, null);
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
}
