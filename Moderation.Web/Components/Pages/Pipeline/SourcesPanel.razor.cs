using System.Globalization;

using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Flow.Supervision;
using Moderation.Pipeline.Sources;
using Moderation.Web.Api;
using Moderation.Web.Components.Parts;

namespace Moderation.Web.Components.Pages.Pipeline;

/// <summary>How each source stands; pauses, resumes and rewinds the configured ones.</summary>
public sealed partial class SourcesPanel : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private string? _question;
    private bool _busy;
    private string? _problem;
    private string? _announcement;
    private ElementReference _heading;

    [Inject]
    public required SourceSupervisor Supervisor { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Parameter, EditorRequired]
    public IReadOnlyList<SourceDocument> Sources { get; set; } = [];

    private string Busy => _busy ? "true" : "false";

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    private static string Toggle(SourceDocument source) => source.State == "paused" ? "Resume" : "Pause";

    private static string? Exact(string what, DateTimeOffset? at) =>
        at is { } known ? $"{what}{known.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}" : null;

    private string EventTime(DateTimeOffset? watermark) => watermark is not { } at ? "—"
        : at.ToString(Time.GetUtcNow() - at < TimeSpan.FromDays(1) ? "HH:mm:ss" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A position begins with the number of what was read, for every source there is.</summary>
    private static string Position(SourceDocument source)
    {
        var first = source.Position?.Split(' ')[0];
        return first is null ? "—"
            : long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? PipelineText.Count(number)
            : first;
    }

    private string? Retry(SourceDocument source) => source.RetryAt is { } at
        ? $"It is tried again {(at - Time.GetUtcNow() is { TotalSeconds: >= 1 } left ? $"in {TimeText.Span(left)}" : "now")}."
        : null;

    private void Ask(string source)
    {
        if (!_busy)
        {
            (_question, _problem) = (source, null);
        }
    }

    private Task CancelAsync()
    {
        _question = null;
        return FocusAsync();
    }

    private Task ToggleAsync(SourceDocument source) => source.State == "paused"
        ? DoAsync($"{source.Name} goes on.", stop => Supervisor.ResumeAsync(source.Name, stop))
        : DoAsync($"{source.Name} is paused.", stop => Supervisor.PauseAsync(source.Name, stop));

    private async Task TryNowAsync(string source)
    {
        await DoAsync($"{source} is tried again.", stop => Supervisor.ResumeAsync(source, stop));
        await FocusAsync();
    }

    private async Task RewindAsync()
    {
        if (_question is { } source)
        {
            await DoAsync($"{source} begins anew.", stop => Supervisor.RewindAsync(source, stop));
            _question = null;
            await FocusAsync();
        }
    }

    private async Task DoAsync(string done, Func<CancellationToken, Task> work)
    {
        if (_busy)
        {
            // A second press that was on its way already.
            return;
        }

        (_busy, _problem, _announcement) = (true, null, null);
        try
        {
            await work(_left.Token);
            _announcement = done;
        }
        catch (Exception e) when (e is SourceException or StoreUnavailableException)
        {
            _problem = e.Message;
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left; what was asked for is done all the same.
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>The button that had the focus is gone; reading goes on at the heading above it.</summary>
    private async Task FocusAsync()
    {
        try
        {
            await _heading.FocusAsync();
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or InvalidOperationException)
        {
            // The heading is gone, or the browser is.
        }
    }
}
