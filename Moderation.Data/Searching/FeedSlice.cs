namespace Moderation.Data.Searching;

/// <summary>What stands in the feed behind a place.</summary>
/// <param name="Texts">In the order of the feed; empty when there are none.</param>
/// <param name="PlaceIsKnown">
/// False when the place is not in this database, or is another row in it: it is another database, or an older copy, or
/// its rows were numbered anew.
/// </param>
internal readonly record struct FeedSlice(IReadOnlyList<IndexedText> Texts, bool PlaceIsKnown);
