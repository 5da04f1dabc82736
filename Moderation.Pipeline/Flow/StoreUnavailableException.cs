namespace Moderation.Pipeline.Flow;

/// <summary>
/// The store cannot be written to at present (full disk, locked file); the same commit may succeed later. The message
/// is one sentence for a person.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception innerException) : Exception(message, innerException);
