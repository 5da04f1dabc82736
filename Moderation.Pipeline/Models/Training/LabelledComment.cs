namespace Moderation.Pipeline.Models.Training;

/// <summary>A text with what moderators did to it.</summary>
/// <param name="Body">The text as it was written.</param>
/// <param name="Removed">True when moderators removed it.</param>
/// <param name="Community">Where it was written, when known; measured apart, never a feature.</param>
/// <param name="Group">
/// Texts that are wordings of one another carry the same name, so that none of them is scored by a model that has read
/// another; null for a text that stands alone.
/// </param>
public readonly record struct LabelledComment(string Body, bool Removed, string? Community = null, string? Group = null);
