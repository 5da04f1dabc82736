namespace Moderation.Benchmarks.Children;

/// <summary>What a child process says of its work.</summary>
/// <param name="Seconds">By the clock on the wall.</param>
/// <param name="Processor">Seconds of processor time, of all threads together.</param>
/// <param name="PeakBytes">The most memory that the process had in use at once.</param>
/// <param name="Rate">Units a second, where the work is measured so.</param>
/// <param name="SteadyRate">The same once warm.</param>
internal sealed record ChildReport(double Seconds, double Processor, long PeakBytes, double Rate = 0, double SteadyRate = 0);
