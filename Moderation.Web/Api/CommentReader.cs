using System.Globalization;
using System.Text.Json;

using Moderation.Pipeline.Sources;

namespace Moderation.Web.Api;

/// <summary>What a request brought.</summary>
/// <param name="Indexes">Where each of the comments stands in the request.</param>
internal sealed record ParsedComments(
    IReadOnlyList<IncomingComment> Comments, IReadOnlyList<int> Indexes, IReadOnlyList<RejectedDocument> Rejected);

/// <summary>Reads comments from a request: one object, an array, or one object a line.</summary>
internal static class CommentReader
{
    private const int LongestId = 256;
    private const int LongestName = 512;

    /// <summary>Longest text, in UTF-16 units.</summary>
    private const int LongestBody = 4 * 1024 * 1024;

    private const string Lines = "application/x-ndjson";

    private static readonly JsonDocumentOptions _strict = new() { MaxDepth = 16 };

    public static bool IsAcceptable(HttpRequest request) => request.HasJsonContentType() || IsLines(request);

    /// <exception cref="JsonException">The body is not JSON.</exception>
    public static async Task<ParsedComments> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var found = new Found();
        if (IsLines(request))
        {
            await ReadLinesAsync(request, found, cancellationToken);
            return found.ToParsed();
        }

        using var document = await JsonDocument.ParseAsync(request.Body, _strict, cancellationToken);
        if (document.RootElement.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var element in document.RootElement.EnumerateArray())
            {
                Take(element, index++, found);
            }
        }
        else
        {
            Take(document.RootElement, 0, found);
        }

        return found.ToParsed();
    }

    private static bool IsLines(HttpRequest request) =>
        request.ContentType?.Split(';')[0].Trim() is { } type
        && (type.Equals(Lines, StringComparison.OrdinalIgnoreCase) || type.Equals("application/jsonl", StringComparison.OrdinalIgnoreCase));

    private static async Task ReadLinesAsync(HttpRequest request, Found found, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body);
        for (var index = 0; await reader.ReadLineAsync(cancellationToken) is { } line;)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                using var document = JsonDocument.Parse(line, _strict);
                Take(document.RootElement, index, found);
            }
            catch (JsonException e)
            {
                found.Rejected.Add(new RejectedDocument(index, JsonProblem.Describe(e)));
            }

            index++;
        }
    }

    private static void Take(JsonElement element, int index, Found found)
    {
        try
        {
            found.Comments.Add(Parse(element));
            found.Indexes.Add(index);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            // InvalidOperationException: legal JSON that is no legal text.
            found.Rejected.Add(new RejectedDocument(index, e is FormatException ? e.Message : "A text is not valid Unicode: it has invalid UTF-8, or half of a surrogate pair."));
        }
    }

    private static IncomingComment Parse(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("It is not a JSON object.");
        }

        var deleted = element.TryGetProperty("deleted", out var flag) && flag.ValueKind == JsonValueKind.True;
        return new IncomingComment
        {
            ExternalId = Text(element, "id", LongestId, required: true)!,
            Body = Text(element, "body", LongestBody, required: !deleted, mayBeEmpty: true) ?? "",
            Author = Text(element, "author", LongestName),
            Community = Text(element, "community", LongestName) ?? IncomingComment.DefaultCommunity,
            ThreadId = Text(element, "threadId", LongestName),
            ParentId = Text(element, "parentId", LongestName),
            Url = Text(element, "url", 4 * LongestName),
            Score = Number(element, "score"),
            CreatedAt = Time(element, "createdAt"),
            Deleted = deleted,
        };
    }

    private static string? Text(JsonElement element, string name, int longest, bool required = false, bool mayBeEmpty = false)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return required ? throw new FormatException($"'{name}' is missing.") : null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            // Many sites number their comments.
            JsonValueKind.Number when name == "id" => value.GetRawText(),
            _ => throw new FormatException($"'{name}' is not a string."),
        };
        if (text.Length > longest)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{name}' is longer than {longest:N0} characters."));
        }

        if (string.IsNullOrWhiteSpace(text) && !mayBeEmpty)
        {
            return required ? throw new FormatException($"'{name}' is empty.") : null;
        }

        return text;
    }

    private static int? Number(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : throw new FormatException($"'{name}' is not a whole number.");
    }

    private static DateTimeOffset? Time(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        // Without an offset it would be read as this machine's local time.
        if (value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time) && HasOffset(value.GetString()!))
        {
            return time;
        }

        throw new FormatException($"'{name}' is not a time in RFC 3339, such as 2026-01-31T12:00:00Z.");
    }

    private static bool HasOffset(string time)
    {
        var clock = time.IndexOf('T', StringComparison.OrdinalIgnoreCase);
        return clock > 0 && time.AsSpan(clock).IndexOfAny("Zz+-") > 0;
    }

    /// <summary>What was found so far.</summary>
    private sealed class Found
    {
        public List<IncomingComment> Comments { get; } = [];

        public List<int> Indexes { get; } = [];

        public List<RejectedDocument> Rejected { get; } = [];

        public ParsedComments ToParsed() => new(Comments, Indexes, Rejected);
    }
}
