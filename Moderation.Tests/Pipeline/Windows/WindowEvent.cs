using Moderation.Pipeline.Windows;

namespace Moderation.Tests.Pipeline.Windows;

/// <summary>One event of a test's stream.</summary>
public sealed record WindowEvent(int Community, long Time, WindowTotals One, bool Moves = true)
{
    public static WindowEvent At(long time, int community = 1, bool moves = true) => new(community, time, WindowTotals.OfComment(0.5, flagged: false), moves);
}
