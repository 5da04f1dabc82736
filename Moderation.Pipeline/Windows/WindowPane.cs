namespace Moderation.Pipeline.Windows;

/// <summary>A stored pane: what one community has in one slide's width of time.</summary>
/// <param name="Community">The community's key.</param>
/// <param name="Start">First millisecond of the pane, since the epoch; a multiple of the slide.</param>
/// <param name="Totals">Its whole value.</param>
public readonly record struct WindowPane(int Community, long Start, WindowTotals Totals);
