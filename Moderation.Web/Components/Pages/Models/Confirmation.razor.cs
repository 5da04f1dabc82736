using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace Moderation.Web.Components.Pages.Models;

/// <summary>Names what an action leads to before it is done.</summary>
public sealed partial class Confirmation
{
    private ElementReference _group;

    /// <summary>One sentence.</summary>
    [Parameter, EditorRequired]
    public required string Consequence { get; set; }

    /// <summary>Label of the button that does it.</summary>
    [Parameter, EditorRequired]
    public required string Action { get; set; }

    /// <summary>Id of the sentence: two questions may stand on a page.</summary>
    [Parameter]
    public string TextId { get; set; } = "confirm-text";

    /// <summary>It is being done.</summary>
    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback OnConfirm { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            // The sentence, not the button: an Enter that is held down must not confirm what nobody has read.
            await _group.FocusAsync();
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException)
        {
            // It was answered before the browser drew it, or the browser is gone.
        }
    }

    private Task OnKeyAsync(KeyboardEventArgs key) => key.Key == "Escape" && !Busy ? OnCancel.InvokeAsync() : Task.CompletedTask;
}
