using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

using Moderation.Data.Searching;
using Moderation.Web.Components.Parts;

namespace Moderation.Web.Components.Pages.History;

/// <summary>A field for words: it searches when its writer rests or presses Enter, and "/" goes to it.</summary>
public sealed partial class SearchBox : IAsyncDisposable
{
    private static readonly TimeSpan _rest = TimeSpan.FromMilliseconds(300);

    private static readonly string[] _keys = ["/"];

    private ElementReference _input;
    private CancellationTokenSource _typing = new();
    private string _text = "";
    private string? _given;
    private string? _sent;
    private bool _left;
    private KeyListener _shortcuts = null!;

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>The words of the address; null when there are none.</summary>
    [Parameter]
    public string? Words { get; set; }

    /// <summary>Search for these words; null for none.</summary>
    [Parameter]
    public EventCallback<string?> OnSearch { get; set; }

    public async ValueTask DisposeAsync()
    {
        _left = true;
        await _typing.CancelAsync();
        _typing.Dispose();
        await _shortcuts.DisposeAsync();
    }

    protected override void OnInitialized() =>
        _shortcuts = new KeyListener(Js, _keys, _ => InvokeAsync(async () => await _input.FocusAsync()));

    protected override void OnParametersSet()
    {
        if (Words == _given)
        {
            return;
        }

        // What comes back from the address is what was sent a moment ago; more may have been typed since.
        _given = Words;
        if (Words != _sent)
        {
            (_text, _sent) = (Words ?? "", Words);
        }
    }

    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? _shortcuts.StartAsync() : Task.CompletedTask;

    private async Task TypeAsync()
    {
        // Taken at once: with the next letter the field is another wait's.
        var typing = BeginWait();
        try
        {
            await Task.Delay(_rest, Time, typing);
            await SearchAsync();
        }
        catch (OperationCanceledException) when (typing.IsCancellationRequested)
        {
            // More was typed, Enter was pressed, or the page was left.
        }
    }

    private async Task SearchAsync()
    {
        BeginWait();
        _sent = string.IsNullOrWhiteSpace(_text) ? null : _text.Trim();
        await OnSearch.InvokeAsync(_sent);
    }

    /// <summary>Ends the wait before, if there is one.</summary>
    private CancellationToken BeginWait()
    {
        if (_left)
        {
            return new CancellationToken(canceled: true);
        }

        _typing.Cancel();
        _typing.Dispose();
        _typing = new CancellationTokenSource();
        return _typing.Token;
    }
}
