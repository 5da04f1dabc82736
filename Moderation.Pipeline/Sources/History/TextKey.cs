namespace Moderation.Pipeline.Sources.History;

/// <summary>Which stored text it is.</summary>
/// <param name="CommentId">The desk's id.</param>
/// <param name="TextVersion">1 for a comment's first text.</param>
public readonly record struct TextKey(long CommentId, int TextVersion);
