using System.Globalization;

using Microsoft.AspNetCore.Components;

using Moderation.Data.Reading;
using Moderation.Data.Writing;
using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Live;
using Moderation.Web.Components.Parts;

using MudBlazor;

namespace Moderation.Web.Components.Pages.Threshold;

/// <summary>Sets the threshold of the site or of a community, and shows what the newest comments would make of it.</summary>
public sealed partial class ThresholdPage : IDisposable
{
    /// <summary>Comments that the preview looks at.</summary>
    private const int Newest = 10_000;

    private const int ListedVersions = 50;

    private static readonly TimeSpan _shortestAge = TimeSpan.FromSeconds(1);

    private IReadOnlyList<string> _communities = [];
    private IReadOnlyList<ThresholdVersion> _versions = [];
    private IReadOnlyList<int>? _bins;
    private string? _community;
    private double _value;
    private string? _note;
    private string? _error;
    private bool _hasOwn;
    private int _seen;
    private int _wouldFlag;
    private int _flags;
    private long _loadedAt;
    private bool _left;
    private IDisposable? _subscription;

    [Inject]
    public required ThresholdReader Reader { get; init; }

    [Inject]
    public required ThresholdWriter Writer { get; init; }

    [Inject]
    public required LiveThresholds Live { get; init; }

    [Inject]
    public required ChangeFeed Changes { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [CascadingParameter]
    public required Moderator Moderator { get; set; }

    private double InForce => _community is null ? Live.Current.SiteDefault : Live.Current.For(_community);

    public void Dispose()
    {
        _left = true;
        _subscription?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        // Before the first wait: a page that is left meanwhile must find it to end it.
        _subscription = Changes.Subscribe(() => InvokeAsync(RefreshAsync));
        _value = InForce;
        await LoadAsync();
    }

    private static string Text(double value) => value.ToString("0.00##", CultureInfo.InvariantCulture);

    private async Task LoadAsync()
    {
        _communities = await Reader.CommunitiesAsync(CancellationToken.None);
        _loadedAt = Time.GetTimestamp();
        _versions = await Reader.ListAsync(ListedVersions, CancellationToken.None);
        _bins = await Reader.ScoresAsync(_community, Newest, CancellationToken.None);
        _hasOwn = _community is not null && Live.Current.HasOwn(_community);
        Count();
    }

    /// <summary>Reads again, but not at every commit: the histogram looks at thousands of comments.</summary>
    private async Task RefreshAsync()
    {
        var age = Time.GetElapsedTime(_loadedAt);
        if (age < _shortestAge)
        {
            await Task.Delay(_shortestAge - age, Time);
        }

        if (!_left)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private void Count()
    {
        _seen = _bins?.Sum() ?? 0;
        _wouldFlag = FlaggedAt(_value);
        _flags = FlaggedAt(InForce);
    }

    /// <summary>Counts whole bins: the bin that the threshold lies in counts when most of it is above.</summary>
    private int FlaggedAt(double threshold) => _bins?.Skip((int)Math.Round(threshold * 100)).Sum() ?? 0;

    private async Task ChooseCommunityAsync(ChangeEventArgs change)
    {
        _community = change.Value?.ToString() is { Length: > 0 } name ? name : null;
        _value = InForce;
        await LoadAsync();
    }

    private void Slide(ChangeEventArgs change)
    {
        if (double.TryParse(change.Value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            _value = Math.Clamp(value, 0, 1);
            Count();
        }
    }

    private Task RestoreAsync(ThresholdVersion version)
    {
        _community = version.Community;
        _value = version.Value ?? Live.Current.SiteDefault;
        _note = string.Create(CultureInfo.InvariantCulture, $"Back to the version of {version.At:yyyy-MM-dd HH:mm}");
        return SaveAsync(version.Value);
    }

    private async Task SaveAsync(double? value)
    {
        try
        {
            var saved = await Writer.SetAsync(_community, value, _note, Moderator.Name, CancellationToken.None);
            _note = null;
            _error = null;
            _value = InForce;
            Snackbar.Add(
                saved.Value is { } set
                    ? $"The threshold of {saved.Community ?? "the whole site"} is {Text(set)} from the next batch on."
                    : $"{saved.Community} uses the site's threshold from the next batch on.",
                Severity.Normal);
            await LoadAsync();
        }
        catch (Exception e) when (e is StoreUnavailableException or ThresholdException)
        {
            _error = $"The threshold was not saved. {e.Message}";
        }
    }
}
