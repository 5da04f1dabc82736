namespace Moderation.Benchmarks.Crash;

/// <summary>The crash test found something, or could not be carried out. The message names seed and kill.</summary>
public sealed class CrashException(string message) : Exception(message);
