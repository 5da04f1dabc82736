using System.Globalization;

namespace Moderation.Data.Searching;

/// <summary>A place in the feed of texts: the row, and enough of it to recognise it again.</summary>
/// <param name="Row">Its rowid, which grows in the order of the commits.</param>
/// <param name="CommentId">0 at the start of the feed.</param>
/// <param name="TextVersion">1 for a comment's first text.</param>
/// <param name="ReceivedAt">
/// In milliseconds. When a database is put back from a copy and fills again, rows and ids repeat, and the time does not.
/// </param>
internal readonly record struct FeedPlace(long Row, long CommentId, int TextVersion, long ReceivedAt)
{
    /// <summary>Before the first text.</summary>
    public static FeedPlace Start => default;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, out FeedPlace place)
    {
        place = Start;
        var parts = text.Split(' ');
        if (parts.Length != 4
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var comment)
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || !long.TryParse(parts[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var receivedAt))
        {
            return false;
        }

        place = new FeedPlace(row, comment, version, receivedAt);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Row} {CommentId} {TextVersion} {ReceivedAt}");
}
