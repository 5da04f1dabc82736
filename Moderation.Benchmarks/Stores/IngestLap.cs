using Moderation.Benchmarks.Children;

namespace Moderation.Benchmarks.Stores;

/// <summary>What a run of the command <c>ingest</c> came to.</summary>
/// <param name="Seconds">By its own clock: from the first line to the last commit, without the start of the process.</param>
/// <param name="Process">The whole process, its start included.</param>
internal sealed record IngestLap(long Read, long Committed, long Flagged, double Seconds, ChildReport Process)
{
    public double PerSecond => Committed / Seconds;
}
