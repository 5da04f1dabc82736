namespace Moderation.Benchmarks;

/// <summary>Something could not be measured. The message is a sentence for the person who asked.</summary>
public sealed class BenchException(string message) : Exception(message);
