using System.Globalization;

namespace Moderation.Data.Searching;

/// <summary>
/// The index is cut into tables by ranges of comments' ids, so that the dearest question that words can ask, and the
/// dearest merge that a new comment can cause, are bounded by one of them however long the history grows.
/// </summary>
internal static class SearchShard
{
    /// <summary>
    /// How many ids share a table. Words that are all frequent but never meet are walked to the table's end, which FTS5
    /// cannot break off: tens of milliseconds at this size. Smaller ones cost a rare word more tables to look into.
    /// </summary>
    public const long Size = 1L << 18;

    public static long Of(long commentId) => commentId / Size;

    /// <summary>The smallest id that it can hold.</summary>
    public static long FirstId(long shard) => shard * Size;

    public static string Table(long shard) => string.Create(CultureInfo.InvariantCulture, $"Texts_{shard}");
}
