namespace Moderation.Pipeline.Windows.Spikes;

/// <summary>What the history says about a window.</summary>
/// <param name="Expected">The flagged comments that the history predicts; null when the history is too short to predict any.</param>
/// <param name="Z">How many standard deviations the window lies above that, below when negative; 0 when nothing is predicted.</param>
/// <param name="Alarm">It is a possible raid.</param>
public readonly record struct SpikeVerdict(double? Expected, double Z, bool Alarm);
