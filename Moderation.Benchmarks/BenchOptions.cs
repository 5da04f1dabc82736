using Moderation.Benchmarks.Crash;
using Moderation.Benchmarks.Texts;

namespace Moderation.Benchmarks;

/// <summary>What a run can be told.</summary>
public sealed record BenchOptions
{
    /// <summary>Size of the larger stream of <c>score-stream</c> when nothing else is said.</summary>
    public const double DefaultGigabytes = 0.1;

    /// <summary>Length of <c>soak</c> when nothing else is said.</summary>
    public const double DefaultMinutes = 10;

    /// <summary>Real comments to train from and to measure on; the built-in sample when null.</summary>
    public BenchData? Data { get; init; }

    /// <summary>Size of the larger stream of <c>score-stream</c>, in units of 10⁹ bytes.</summary>
    public double Gigabytes { get; init; } = DefaultGigabytes;

    /// <summary>Where the results of <c>starter</c> are written, as the program keeps them; null to write nothing.</summary>
    public string? Keep { get; init; }

    /// <summary>Comments of <c>ingest</c> and of each series of <c>growth</c>; null for what each takes by itself.</summary>
    public int? Rows { get; init; }

    /// <summary>Length of <c>soak</c>.</summary>
    public double Minutes { get; init; } = DefaultMinutes;

    /// <summary>Where <c>growth</c> draws its curves as SVG; null to draw nothing.</summary>
    public string? Plot { get; init; }

    /// <summary>How often <c>crash</c> kills the program, and from which seed.</summary>
    public CrashOptions Crash { get; init; } = new();
}
