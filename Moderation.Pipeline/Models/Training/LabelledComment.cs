namespace Moderation.Pipeline.Models.Training;

/// <summary>A text with what moderators did to it.</summary>
/// <param name="Body">The text as it was written.</param>
/// <param name="Removed">True when moderators removed it.</param>
/// <param name="Community">Where it was written, when known; measured apart, never a feature.</param>
public readonly record struct LabelledComment(string Body, bool Removed, string? Community = null);
