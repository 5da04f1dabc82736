using System.Globalization;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>One readable row of a file, its values still as they stand there.</summary>
public sealed class CommentRow
{
    // Seconds up to the year 5138; greater numbers are milliseconds.
    private const double GreatestSeconds = 1e11;

    private readonly RowValues _values;

    internal CommentRow(long number, long line, in RowValues values)
    {
        Number = number;
        Line = line;
        _values = values;
    }

    /// <summary>1 for the first record behind the header.</summary>
    public long Number { get; }

    /// <summary>1 for the first line of the file.</summary>
    public long Line { get; }

    /// <summary>The text; empty when the row has none.</summary>
    public string Body => _values[CommentColumn.Body] ?? "";

    public string Place => string.Create(CultureInfo.InvariantCulture, $"line {Line}");

    /// <summary>The row's own id, or its record number.</summary>
    public string Id => this[CommentColumn.Id] ?? Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The comment was withdrawn at its source.</summary>
    public bool Deleted => TryParseLabel(this[CommentColumn.Deleted], out var deleted) && deleted;

    public string? this[CommentColumn column] => _values[column] is { Length: > 0 } value ? value : null;

    /// <summary>Makes a comment of the row, or says why it cannot be one.</summary>
    public bool TryToComment(out IncomingComment comment, out string reason)
    {
        comment = null!;
        reason = "";
        DateTimeOffset? createdAt = null;
        if (this[CommentColumn.CreatedAt] is { } time)
        {
            if (!TryParseTime(time, out var parsed))
            {
                reason = $"'{Short(time)}' is not a time; RFC 3339 or seconds since 1970 are.";
                return false;
            }

            createdAt = parsed;
        }

        comment = new IncomingComment
        {
            ExternalId = Id,
            Body = Body,
            Author = this[CommentColumn.Author],
            Community = this[CommentColumn.Community] ?? IncomingComment.DefaultCommunity,
            ThreadId = this[CommentColumn.Thread],
            ParentId = this[CommentColumn.Parent],
            Url = this[CommentColumn.Url],
            Score = int.TryParse(this[CommentColumn.Score], CultureInfo.InvariantCulture, out var score) ? score : null,
            CreatedAt = createdAt,
            Deleted = Deleted,
        };
        return true;
    }

    /// <summary>Reads what moderators did; false when the value is not a label.</summary>
    public bool TryGetLabel(out bool removed) => TryParseLabel(this[CommentColumn.Label], out removed);

    private static bool TryParseLabel(string? value, out bool label)
    {
        label = false;
        switch (value?.Trim().ToLowerInvariant())
        {
            case "1" or "1.0" or "true" or "yes" or "removed" or "remove" or "spam" or "toxic":
                label = true;
                return true;
            case "0" or "0.0" or "false" or "no" or "kept" or "keep" or "ham" or "approved" or "ok":
                return true;
            default:
                return false;
        }
    }

    private static bool TryParseTime(string value, out DateTimeOffset time)
    {
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            var milliseconds = number < GreatestSeconds ? number * 1000 : number;
            var inRange = milliseconds >= 0 && milliseconds < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
            time = inRange ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : default;
            return inRange;
        }

        // The year comes first, as in RFC 3339: the parser would complete "12:30" or "March 5" from today's date.
        time = default;
        return StartsWithYear(value) && DateTimeOffset.TryParse(
            value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    private static bool StartsWithYear(string value) =>
        value.Length > 4 && value[4] == '-' && !value.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9');

    private static string Short(string value) => value.Length <= 40 ? value : value[..40] + "…";
}
