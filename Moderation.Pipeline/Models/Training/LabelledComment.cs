namespace Moderation.Pipeline.Models.Training;

/// <summary>A text with what moderators did to it.</summary>
/// <param name="Body">The text as it was written.</param>
/// <param name="Removed">True when moderators removed it.</param>
public readonly record struct LabelledComment(string Body, bool Removed);
