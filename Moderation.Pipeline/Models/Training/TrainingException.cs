namespace Moderation.Pipeline.Models.Training;

/// <summary>No model can be trained from what was given. The message is one sentence for the person who gave it.</summary>
public sealed class TrainingException(string message) : Exception(message);
