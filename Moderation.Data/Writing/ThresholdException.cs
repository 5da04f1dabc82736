namespace Moderation.Data.Writing;

/// <summary>A threshold cannot be set. The message is one sentence for the person who wanted to.</summary>
public sealed class ThresholdException(string message) : Exception(message);
