namespace Moderation.Benchmarks.Stores;

/// <summary>How the desk stood at one moment of a soak.</summary>
/// <param name="Seconds">Since the first glance.</param>
/// <param name="WorkingSet">Bytes.</param>
/// <param name="P50">Milliseconds from received to committed, of the recent past; null before the first commit.</param>
internal sealed record SoakGlance(double Seconds, long WorkingSet, long Received, long Committed, double? P50, double? P99);
