namespace Moderation.Benchmarks.Stores;

/// <summary>What more comments cost when a database held so many.</summary>
/// <param name="Size">What was aimed at; points of one size belong together.</param>
/// <param name="Rows">In the database when they began to come.</param>
/// <param name="Processor">Microseconds of processor time for each, of all threads, the start of the process included.</param>
internal sealed record GrowthPoint(long Size, long Rows, double PerSecond, double Processor);
