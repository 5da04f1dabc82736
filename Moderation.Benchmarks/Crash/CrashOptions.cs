namespace Moderation.Benchmarks.Crash;

/// <summary>What a crash test is told.</summary>
public sealed record CrashOptions
{
    /// <summary>Kills of the command when nothing else is said.</summary>
    public const int DefaultKills = 25;

    /// <summary>More would not end within a day.</summary>
    public const int MostKills = 10_000;

    /// <summary>How often the program is killed.</summary>
    public int Kills { get; init; } = DefaultKills;

    /// <summary>The same seed gives the same comments, the same decisions and the same plan of kills.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Every kill at this fail point; a mix of kills from outside and fail points when null.</summary>
    public string? FailPoint { get; init; }
}
