namespace Moderation.Pipeline.Sources.History;

/// <summary>A run of consecutive texts of the log.</summary>
/// <param name="Comments">In the log's order; none when all that was looked at was passed over.</param>
/// <param name="Position">Right behind the last text that was looked at.</param>
public sealed record CommentLogSlice(IReadOnlyList<StoredComment> Comments, SourcePosition Position);
