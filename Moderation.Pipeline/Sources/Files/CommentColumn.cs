namespace Moderation.Pipeline.Sources.Files;

/// <summary>What a column of a file holds.</summary>
public enum CommentColumn
{
    Id,
    Body,
    Label,
    Author,
    Community,
    Thread,
    Parent,
    Url,
    Score,
    CreatedAt,
    Deleted,
}

/// <summary>Which names stand for which column.</summary>
public static class ColumnNames
{
    // In order of preference; compared without case, "_" and "-".
    private static readonly Dictionary<CommentColumn, string[]> _usual = new()
    {
        [CommentColumn.Id] = ["id", "commentid", "externalid"],
        [CommentColumn.Body] = ["body", "text", "commenttext", "tweet", "comment", "content", "message"],
        [CommentColumn.Label] = ["removed", "label", "toxic", "class", "spam"],
        [CommentColumn.Author] = ["author", "user", "username"],
        [CommentColumn.Community] = ["community", "subreddit", "forum"],
        [CommentColumn.Thread] = ["threadid", "thread", "linkid"],
        [CommentColumn.Parent] = ["parentid", "parent"],
        [CommentColumn.Url] = ["url", "permalink", "link"],
        [CommentColumn.Score] = ["score", "votes"],
        [CommentColumn.CreatedAt] = ["createdat", "createddate", "createdutc", "created", "date", "timestamp", "time"],
        [CommentColumn.Deleted] = ["deleted"],
    };

    public static IReadOnlyCollection<CommentColumn> All => _usual.Keys;

    /// <summary>Finds a column by its usual names; −1 when there is none.</summary>
    public static int Guess(CommentColumn column, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var usual in _usual[column])
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (Normalise(names[i]) == usual)
                {
                    return i;
                }
            }
        }

        return -1;
    }

    /// <summary>How well a name stands for a column: 0 is best, −1 is not at all.</summary>
    public static int Rank(CommentColumn column, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Array.IndexOf(_usual[column], Normalise(name));
    }

    /// <summary>Finds a column by the name that a person gave; −1 when there is none.</summary>
    public static int Find(string name, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Normalise(string name) =>
        name.Trim().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
