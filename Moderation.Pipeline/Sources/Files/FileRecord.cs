namespace Moderation.Pipeline.Sources.Files;

/// <summary>A record of a file: a readable row or a dead letter, never both.</summary>
/// <param name="Number">1 for the first record behind the header, broken ones counted too.</param>
public readonly record struct FileRecord(long Number, CommentRow? Row, DeadLetter? DeadLetter);
