namespace Moderation.Data.Searching;

/// <summary>A text as the feed gives it.</summary>
/// <param name="Place">Where it stands in the feed.</param>
internal readonly record struct IndexedText(FeedPlace Place, string Body);
