namespace Moderation.Pipeline.Models.Training;

/// <summary>A labelled text and the hash of its normalised form, which decides where it goes.</summary>
internal readonly record struct TrainingText(UInt128 Hash, string Body, bool Removed);
