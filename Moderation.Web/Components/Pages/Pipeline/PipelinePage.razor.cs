using System.Globalization;

using Microsoft.AspNetCore.Components;

using Moderation.Data.Reading;
using Moderation.Pipeline.Flow;
using Moderation.Web.Api;

namespace Moderation.Web.Components.Pages.Pipeline;

/// <summary>What is coming in, how fast, and what is in the way.</summary>
public sealed partial class PipelinePage : IDisposable
{
    private const int ListedLetters = 50;

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private StatsDocument? _stats;
    private IReadOnlyList<DeadLetterItem> _letters = [];
    private IReadOnlyList<long> _rates = [];

    [Inject]
    internal StatsSource Stats { get; init; } = null!;

    [Inject]
    public required PipelineStatistics Statistics { get; init; }

    [Inject]
    public required DeadLetterReader Letters { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    private double Tallest => Math.Max(1, _rates.DefaultIfEmpty().Max());

    /// <summary>One point a second, the newest at the right edge.</summary>
    private string Line => string.Join(
        ' ', _rates.Select((rate, i) => $"{N(1000.0 * (RateMeter.Remembered - _rates.Count + i) / (RateMeter.Remembered - 1))},{N(88 - (70 * rate / Tallest))}"));

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Read();
        _letters = (await Letters.ListAsync(null, null, ListedLetters, _stop.Token)).Items;
        _ = WatchAsync();
    }

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Milliseconds(double? value) =>
        value is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:N0} ms") : "—";

    private static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private async Task WatchAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(_interval, Time);
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await InvokeAsync(TickAsync);
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

    private async Task TickAsync()
    {
        var before = _stats?.DeadLettered;
        Read();
        if (_stats!.DeadLettered != before)
        {
            _letters = (await Letters.ListAsync(null, null, ListedLetters, _stop.Token)).Items;
        }

        StateHasChanged();
    }

    private void Read()
    {
        _stats = Stats.Read();
        _rates = Statistics.CommitHistory;
    }
}
