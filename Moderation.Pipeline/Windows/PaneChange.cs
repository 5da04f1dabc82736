namespace Moderation.Pipeline.Windows;

/// <summary>A pane that changed since changes were last taken.</summary>
/// <param name="Community">The community's key.</param>
/// <param name="Start">First millisecond of the pane, since the epoch.</param>
/// <param name="Delta">What was added since: to be added to any coarser row that the pane lies in.</param>
/// <param name="Totals">The pane's whole value: what a restart needs.</param>
public readonly record struct PaneChange(int Community, long Start, WindowTotals Delta, WindowTotals Totals);
