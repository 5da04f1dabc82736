namespace Moderation.Data.Reading;

/// <summary>A dead letter with its original.</summary>
/// <param name="Original">As it came; never trusted.</param>
/// <param name="Header">The header line of its file; null for other forms.</param>
/// <param name="Cut">The original is not whole.</param>
/// <param name="ClosedAt">When it became a comment after all, or was discarded; null while it waits.</param>
/// <param name="CommentId">The comment that it became.</param>
public sealed record DeadLetterDetails(
    DeadLetterItem Item, string Original, string? Header, bool Cut, DateTimeOffset? ClosedAt, long? CommentId);
