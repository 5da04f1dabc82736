using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

using Moderation.Data.Searching;

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
    private IJSObjectReference? _module;
    private IJSObjectReference? _listener;
    private DotNetObjectReference<SearchBox>? _self;

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

    /// <summary>A shortcut was pressed.</summary>
    [JSInvokable]
    public Task OnKey(string key) => InvokeAsync(async () => await _input.FocusAsync());

    public async ValueTask DisposeAsync()
    {
        _left = true;
        await _typing.CancelAsync();
        _typing.Dispose();
        try
        {
            if (_listener is { } listener)
            {
                await listener.InvokeVoidAsync("stop");
                await listener.DisposeAsync();
            }

            if (_module is { } module)
            {
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its listeners with it.
        }

        _self?.Dispose();
    }

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

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        var module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/keys.js");
        if (_left)
        {
            // The page was left while the module was on its way.
            await module.DisposeAsync();
            return;
        }

        _module = module;
        _self = DotNetObjectReference.Create(this);
        var listener = await module.InvokeAsync<IJSObjectReference>("listen", _self, _keys);
        if (_left)
        {
            await listener.InvokeVoidAsync("stop");
            await listener.DisposeAsync();
            return;
        }

        _listener = listener;
    }

    private async Task TypeAsync()
    {
        await StopWaitingAsync();
        var token = _typing.Token;
        try
        {
            await Task.Delay(_rest, Time, token);
            await SearchAsync();
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // More was typed, Enter was pressed, or the page was left.
        }
    }

    private async Task SearchAsync()
    {
        await StopWaitingAsync();
        _sent = string.IsNullOrWhiteSpace(_text) ? null : _text.Trim();
        await OnSearch.InvokeAsync(_sent);
    }

    private async Task StopWaitingAsync()
    {
        if (!_left)
        {
            var before = _typing;
            _typing = new CancellationTokenSource();
            await before.CancelAsync();
            before.Dispose();
        }
    }
}
