using System.Globalization;

namespace Moderation.Benchmarks.Crash;

/// <summary>What a crash test went through; it is only made when nothing was wrong in the end.</summary>
/// <param name="AtFailPoints">How often the program died at which fail point.</param>
/// <param name="Inputs">Comments, edits, repeats, withdrawals and unreadable lines that were sent.</param>
/// <param name="Answered">Requests that were answered with 202.</param>
/// <param name="Repeats">Requests and decisions that had to be sent again.</param>
public sealed record CrashReport(
    int Seed, int Kills, IReadOnlyDictionary<string, int> AtFailPoints, int Inputs, int Comments, int Answered, int Decisions, int Repeats,
    int Promotions, double Seconds)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}: {Kills} kills, {AtFailPoints.Values.Sum()} of them at fail points ({string.Join(", ", AtFailPoints.Select(pair => $"{pair.Key} {pair.Value}"))}); {Inputs:N0} inputs, {Comments:N0} comments, {Answered:N0} requests answered, {Decisions:N0} decisions, {Repeats:N0} sent again, {Promotions} promotions; {Seconds:F0} s");
}
