using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Moderation.Benchmarks.Crash;

/// <summary>One input of the known stream: what stands on a line of the file, or in a request.</summary>
/// <param name="Unreadable">The line of an input that cannot be read; null for a comment.</param>
internal sealed record StreamedComment(string Id, string Body, string Community, string? Author, DateTimeOffset? CreatedAt, bool Deleted, string? Unreadable = null)
{
    /// <summary>As JSON on one line.</summary>
    public string ToJson()
    {
        if (Unreadable is not null)
        {
            return Unreadable;
        }

        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("id", Id);
            json.WriteString("community", Community);
            if (Author is not null)
            {
                json.WriteString("author", Author);
            }

            if (CreatedAt is { } time)
            {
                json.WriteString("createdAt", time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            }

            if (Deleted)
            {
                json.WriteBoolean("deleted", true);
            }
            else
            {
                json.WriteString("body", Body);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
