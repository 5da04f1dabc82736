using System.ComponentModel.DataAnnotations;

namespace Moderation.Pipeline.Windows.Spikes;

/// <summary>When a window with many flagged comments is a possible raid. The settings' section is chosen by whoever binds them.</summary>
public sealed record SpikeOptions
{
    /// <summary>
    /// Most windows of history that are looked at. The default is a day of 5-minute windows: with less, every morning would look like
    /// a raid beside the night before it.
    /// </summary>
    public const int DefaultMaximumHistory = 288;

    /// <summary>The least z at which a window is a spike. A normal deviate reaches 5 three times in ten million.</summary>
    [Range(1.0, 100.0)]
    public double Limit { get; init; } = 5;

    /// <summary>The least number of flagged comments: fewer are no raid, however quiet the community is.</summary>
    [Range(1, 1_000_000)]
    public int Minimum { get; init; } = 10;

    /// <summary>The least windows of history since the community was first seen; before that there is no alarm. 24 windows of 5 minutes are 2 hours.</summary>
    [Range(2, 576)]
    public int MinimumHistory { get; init; } = 24;

    /// <summary>
    /// Most windows of history that are looked at, the newest ones; at least <see cref="MinimumHistory"/>. 576 of five minutes are the two
    /// days for which minutes are kept.
    /// </summary>
    [Range(2, 576)]
    public int MaximumHistory { get; init; } = DefaultMaximumHistory;
}
