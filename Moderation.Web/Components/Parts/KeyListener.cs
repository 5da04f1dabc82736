using Microsoft.JSInterop;

namespace Moderation.Web.Components.Parts;

/// <summary>Hears a page's shortcuts for as long as the page is shown: never inside a field, never with an unrelated modifier.</summary>
/// <param name="keys">As <c>js/keys.js</c> names them: "J", "?", "Escape", "Ctrl+Z".</param>
/// <param name="pressed">Called with the key, on any thread.</param>
public sealed class KeyListener(IJSRuntime js, IReadOnlyList<string> keys, Func<string, Task> pressed) : IAsyncDisposable
{
    private bool _left;
    private IJSObjectReference? _module;
    private IJSObjectReference? _listener;
    private DotNetObjectReference<KeyListener>? _self;

    /// <summary>Called once, behind the first rendering.</summary>
    public async Task StartAsync()
    {
        var module = await js.InvokeAsync<IJSObjectReference>("import", "./js/keys.js");
        if (_left)
        {
            // The page was left while the module was on its way.
            await module.DisposeAsync();
            return;
        }

        _module = module;
        _self = DotNetObjectReference.Create(this);
        var listener = await module.InvokeAsync<IJSObjectReference>("listen", _self, keys);
        if (_left)
        {
            await listener.InvokeVoidAsync("stop");
            await listener.DisposeAsync();
            return;
        }

        _listener = listener;
    }

    /// <summary>Calls another function of the module; nothing happens before the start and behind the end.</summary>
    public ValueTask InvokeVoidAsync(string function, string id) =>
        _module is { } module ? module.InvokeVoidAsync(function, id) : ValueTask.CompletedTask;

    [JSInvokable]
    public Task OnKey(string key) => pressed(key);

    public async ValueTask DisposeAsync()
    {
        _left = true;

        // What comes back to a page that was left must find nothing to call.
        var (listener, module) = (_listener, _module);
        (_listener, _module) = (null, null);
        try
        {
            if (listener is not null)
            {
                await listener.InvokeVoidAsync("stop");
                await listener.DisposeAsync();
            }

            if (module is not null)
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
}
