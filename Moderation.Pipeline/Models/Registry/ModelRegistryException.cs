namespace Moderation.Pipeline.Models.Registry;

/// <summary>The registry cannot do what was asked. The message is one sentence for the person who asked.</summary>
public sealed class ModelRegistryException(string message) : Exception(message);
