namespace Moderation.Pipeline.Models;

/// <summary>A model file cannot be used. The message is one sentence for a person.</summary>
public sealed class ModelFileException(string message, Exception innerException) : Exception(message, innerException);
