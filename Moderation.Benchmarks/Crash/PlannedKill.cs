using System.Globalization;

using Moderation.Pipeline.Flow;

namespace Moderation.Benchmarks.Crash;

/// <summary>How the next kill comes.</summary>
/// <param name="FailPoint">Where the program dies by itself, as it is told in the environment; null for a kill from outside.</param>
/// <param name="Inputs">For a kill from outside: how many inputs are behind it before it comes.</param>
/// <param name="Delay">And how long after that.</param>
/// <param name="BehindAnswer">Instead of the delay it comes right behind the next answer.</param>
/// <param name="Swaps">A model is promoted meanwhile.</param>
internal sealed record PlannedKill(string? FailPoint, int Inputs, TimeSpan Delay, bool BehindAnswer, bool Swaps)
{
    /// <summary>Each fail point with the most passes before it strikes: rows, transactions, groups, decisions, swaps.</summary>
    private static readonly (string Name, int MostPasses)[] _failPoints =
    [
        (Pipeline.Flow.FailPoint.InsideCommit, 400), (Pipeline.Flow.FailPoint.BeforeCommit, 60), (Pipeline.Flow.FailPoint.BeforeAcknowledgement, 40),
        (Pipeline.Flow.FailPoint.BeforeDecisionAnswer, 15), (Pipeline.Flow.FailPoint.BeforeModelSwap, 1),
    ];

    private const int MostInputs = 400;
    private const int LongestDelayMilliseconds = 20;

    /// <param name="only">Every kill at this fail point; null for a mix.</param>
    public static PlannedKill Draw(Random dice, string? only)
    {
        // Drawn in the same order whatever comes of it, so that the plan follows from the seed alone.
        var (outside, inputs, delay, behind) = (dice.Next(100) < 65, 1 + dice.Next(MostInputs), dice.Next(LongestDelayMilliseconds), dice.Next(2) == 0);
        var (swaps, index) = (dice.Next(5) == 0, dice.Next(_failPoints.Length));
        var chosen = only is null ? _failPoints[index] : _failPoints.Single(point => point.Name == only);
        var passes = 1 + dice.Next(chosen.MostPasses);
        return outside && only is null
            ? new PlannedKill(null, inputs, TimeSpan.FromMilliseconds(delay), behind, swaps)
            : new PlannedKill(
                string.Create(CultureInfo.InvariantCulture, $"{chosen.Name}:{passes}"), 0, TimeSpan.Zero, BehindAnswer: false, chosen.Name == Pipeline.Flow.FailPoint.BeforeModelSwap);
    }

    public string? FailPointName => FailPoint?.Split(':')[0];

    public override string ToString() => FailPoint ?? string.Create(
        CultureInfo.InvariantCulture, $"from outside, {Inputs} inputs {(BehindAnswer ? "after the start and behind an answer" : $"and {Delay.TotalMilliseconds} ms after the start")}");
}
