using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

using Moderation.Data.Reading;
using Moderation.Pipeline.Live;
using Moderation.Web.Components.Parts;

using MudBlazor;

namespace Moderation.Web.Components.Layout;

public sealed partial class MainLayout : IAsyncDisposable
{
    private static readonly string[] _choices = ["system", "light", "dark"];

    private readonly Moderator _moderator = new();
    private IJSObjectReference? _module;
    private DotNetObjectReference<MainLayout>? _self;
    private IDisposable? _subscription;
    private ErrorBoundary? _errors;
    private CappedCount? _pending;
    private string _choice = "system";
    private bool _known;
    private bool _dark;
    private bool _menuOpen = true;

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required QueueReader Queue { get; init; }

    [Inject]
    public required ChangeFeed Changes { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string ThemeIcon => _choice switch
    {
        "light" => Icons.Material.Outlined.LightMode,
        "dark" => Icons.Material.Outlined.DarkMode,
        _ => Icons.Material.Outlined.BrightnessAuto,
    };

    /// <summary>The system went dark or light, and the choice is to follow it.</summary>
    [JSInvokable]
    public Task OnSystemThemeChanged(bool dark)
    {
        _dark = dark;
        return InvokeAsync(StateHasChanged);
    }

    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _subscription?.Dispose();
        try
        {
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("unwatch");
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its listeners with it.
        }

        _self?.Dispose();
    }

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/theme.js");
        _self = DotNetObjectReference.Create(this);
        await _module.InvokeVoidAsync("watch", _self);
        _moderator.ChosenName = await _module.InvokeAsync<string>("readName");
        _known = true;
        Show(await _module.InvokeAsync<ThemeState>("read"));
        _subscription = Changes.Subscribe(() => InvokeAsync(CountAsync));
        await CountAsync();
    }

    private async Task CountAsync()
    {
        var pending = await Queue.CountAsync(CancellationToken.None);
        if (pending != _pending)
        {
            _pending = pending;
            StateHasChanged();
        }
    }

    private async Task NextThemeAsync()
    {
        var next = _choices[(Array.IndexOf(_choices, _choice) + 1) % _choices.Length];
        Show(await _module!.InvokeAsync<ThemeState>("choose", next));
    }

    /// <summary>The browser keeps the name by itself.</summary>
    private void ChooseName(ChangeEventArgs change) => _moderator.ChosenName = change.Value?.ToString() ?? "";

    private void Show(ThemeState state)
    {
        (_choice, _dark) = (state.Choice, state.Dark);
        StateHasChanged();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _errors?.Recover();

    private sealed record ThemeState(string Choice, bool Dark);
}
