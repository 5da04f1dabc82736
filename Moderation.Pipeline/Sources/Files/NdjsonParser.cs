using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>Reads a row from a JSON object, straight from its bytes.</summary>
internal sealed class NdjsonParser(CommentFileOptions options)
{
    private const int Unranked = int.MaxValue;

    private static readonly JsonReaderOptions _strict = new() { MaxDepth = 32 };

    private readonly PropertyColumns _properties = new(options);

    /// <param name="line">UTF-8; bytes that are none are read as Windows-1252.</param>
    /// <param name="reason">What is wrong with it; empty for a row.</param>
    public bool TryParse(ReadOnlySpan<byte> line, long number, long lineNumber, out CommentRow row, out string reason)
    {
        row = null!;
        reason = "";
        if (!Utf8.IsValid(line))
        {
            line = Encoding.UTF8.GetBytes(Windows1252Fallback.Encoding.GetString(line));
        }

        var values = new RowValues();
        try
        {
            if (!TryReadObject(line, ref values))
            {
                reason = "It is not a JSON object.";
                return false;
            }
        }
        catch (JsonException e)
        {
            reason = JsonProblem.Describe(e);
            return false;
        }

        row = new CommentRow(number, lineNumber, values);
        if (values[CommentColumn.Body] is null && !row.Deleted)
        {
            reason = $"It has no text under {options.BodyColumn ?? "body, text, comment_text or the like"}.";
            return false;
        }

        return true;
    }

    /// <returns>False when it is JSON and no object.</returns>
    private bool TryReadObject(ReadOnlySpan<byte> json, ref RowValues values)
    {
        var reader = new Utf8JsonReader(json, _strict);
        reader.Read();
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        if (isObject)
        {
            Span<int> ranks = stackalloc int[RowValues.Count];
            ranks.Fill(Unranked);
            for (var index = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; index++)
            {
                var columns = _properties.Find(ref reader, index);
                reader.Read();
                if (columns.Length > 0)
                {
                    Take(ref reader, columns, ranks, ref values);
                }

                reader.Skip();
            }
        }

        // To the end, whatever it is: only then is it known to be JSON.
        while (reader.Read())
        {
        }

        return isObject;
    }

    /// <summary>The best name decides about a column, and the first of equals, even where its value is no text.</summary>
    private static void Take(ref Utf8JsonReader reader, PropertyColumn[] columns, scoped Span<int> ranks, ref RowValues values)
    {
        string? text = null;
        var read = false;
        foreach (var (column, rank) in columns)
        {
            if (rank >= ranks[(int)column])
            {
                continue;
            }

            text = read ? text : TextOf(ref reader);
            read = true;
            ranks[(int)column] = rank;
            values[column] = text;
        }
    }

    private static string? TextOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => StringOf(ref reader),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };

    private static string StringOf(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }

        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Escapes of lone surrogates are legal JSON and no legal string.
            return Unescape(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    /// <summary>Unescapes what the JSON reader has found to be well-formed.</summary>
    private static string Unescape(string escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                text.Append(escaped[i]);
                continue;
            }

            var c = escaped[++i];
            if (c == 'u')
            {
                text.Append((char)ushort.Parse(escaped.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }

            text.Append(c switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => c });
        }

        return text.ToString();
    }
}
