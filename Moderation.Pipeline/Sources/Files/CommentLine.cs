using System.Globalization;
using System.Text;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>Writes a comment as one line of JSON that <see cref="NdjsonReader"/> reads as an equal comment.</summary>
internal static class CommentLine
{
    public static string Write(IncomingComment comment)
    {
        var line = new StringBuilder(comment.Body.Length + 200);
        Append(line, "id", comment.ExternalId);
        Append(line, "body", comment.Body);
        Append(line, "author", comment.Author);
        Append(line, "community", comment.Community);
        Append(line, "threadId", comment.ThreadId);
        Append(line, "parentId", comment.ParentId);
        Append(line, "url", comment.Url);
        if (comment.Score is { } score)
        {
            line.Append(CultureInfo.InvariantCulture, $",\"score\":{score}");
        }

        Append(line, "createdAt", comment.CreatedAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        if (comment.Deleted)
        {
            line.Append(",\"deleted\":true");
        }

        line[0] = '{';
        return line.Append('}').ToString();
    }

    private static void Append(StringBuilder line, string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        line.Append(",\"").Append(name).Append("\":\"");
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c is '"' or '\\')
            {
                line.Append('\\').Append(c);
            }
            else if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                line.Append(c).Append(value[++i]);
            }
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029')
            {
                // A half of a surrogate pair has no UTF-8 form; its escape has.
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                line.Append(c);
            }
        }

        line.Append('"');
    }
}
