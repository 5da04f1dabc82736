namespace Moderation.Pipeline.Windows;

/// <summary>The value of one window.</summary>
/// <param name="Community">The community's key.</param>
/// <param name="Start">First millisecond of the window, since the epoch.</param>
/// <param name="End">First millisecond behind it.</param>
/// <param name="Totals">Its whole value, not the change.</param>
/// <param name="Kind">Why it is reported.</param>
public readonly record struct WindowResult(int Community, long Start, long End, WindowTotals Totals, WindowResultKind Kind);
