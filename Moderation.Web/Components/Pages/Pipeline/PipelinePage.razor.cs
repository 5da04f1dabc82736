using Microsoft.AspNetCore.Components;

using Moderation.Pipeline.Flow;
using Moderation.Web.Api;

namespace Moderation.Web.Components.Pages.Pipeline;

/// <summary>What is coming in, how fast, and what is in the way. It draws itself once a second.</summary>
public sealed partial class PipelinePage : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private ElementReference _title;
    private long _tick;
    private StatsDocument? _stats;
    private IReadOnlyList<long> _rates = [];
    private IReadOnlyList<LatencyBucket> _latencies = [];

    [Inject]
    internal StatsSource Stats { get; init; } = null!;

    [Inject]
    public required PipelineStatistics Statistics { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override void OnInitialized()
    {
        Read();
        _ = WatchAsync();
    }

    private async Task WatchAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(_interval, Time);
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await InvokeAsync(() =>
                {
                    Read();
                    StateHasChanged();
                });
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

    private void Read()
    {
        _tick++;
        _stats = Stats.Read();
        _rates = Statistics.CommitHistory;
        _latencies = Statistics.LatencyBuckets;
    }
}
