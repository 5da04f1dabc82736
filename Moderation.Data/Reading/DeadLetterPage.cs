namespace Moderation.Data.Reading;

/// <summary>Some dead letters, newest first.</summary>
/// <param name="Next">The id behind which the next page begins; null behind the last.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetterItem> Items, long? Next);
