using System.Globalization;
using System.Text.Json;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>Reads one JSON object a line.</summary>
internal sealed class NdjsonReader(string name, CommentFileOptions options)
{
    private static readonly JsonDocumentOptions _strict = new() { MaxDepth = 32 };

    public IEnumerable<FileRecord> Read(TextReader reader)
    {
        long number = 0, line = 0, rows = 0;
        string? lastProblem = null;
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            number++;
            if (TryRead(text, number, line, out var row, out var reason))
            {
                rows++;
                yield return new FileRecord(number, row, null);
            }
            else
            {
                lastProblem = reason;
                yield return new FileRecord(
                    number, null, DeadLetter.Create(string.Create(CultureInfo.InvariantCulture, $"line {line}"), reason, text));
            }
        }

        if (rows == 0 && lastProblem is not null && (options.BodyColumn ?? options.LabelColumn) is not null)
        {
            // A name that no line has is a mistake in the command, not in every line.
            throw new SourceException($"{name} has no readable line. The last problem: {lastProblem}");
        }
    }

    private bool TryRead(string text, long number, long line, out CommentRow row, out string reason)
    {
        row = null!;
        reason = "";
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, _strict);
        }
        catch (JsonException e)
        {
            reason = $"It is not JSON: {e.Message}";
            return false;
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                reason = "It is not a JSON object.";
                return false;
            }

            var properties = document.RootElement.EnumerateObject().ToList();
            var names = properties.ConvertAll(NameOf);
            var values = new Dictionary<CommentColumn, string>();
            foreach (var column in ColumnNames.All)
            {
                var given = options.NameFor(column);
                var index = given is null ? ColumnNames.Guess(column, names) : ColumnNames.Find(given, names);
                if (index >= 0 && TryGetText(properties[index].Value, out var value))
                {
                    values[column] = value;
                }
            }

            row = new CommentRow(number, line, values);
            if (!values.ContainsKey(CommentColumn.Body) && !row.Deleted)
            {
                reason = $"It has no text under {options.BodyColumn ?? "body, text, comment_text or the like"}.";
                return false;
            }

            return true;
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate escape again: no column is called like that.
            return "";
        }
    }

    private static bool TryGetText(JsonElement element, out string text)
    {
        text = element.ValueKind switch
        {
            // Lone surrogate escapes are legal JSON and no legal string; GetString would throw.
            JsonValueKind.String => ReadString(element),
            JsonValueKind.Number => element.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "",
        };
        return element.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
    }

    private static string ReadString(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return System.Text.RegularExpressions.Regex.Unescape(element.GetRawText()[1..^1]);
        }
    }
}
