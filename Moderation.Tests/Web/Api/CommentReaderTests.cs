using System.Text;

using CsCheck;

using Microsoft.AspNetCore.Http;

using Moderation.Web.Api;

namespace Moderation.Tests.Web.Api;

public sealed class CommentReaderTests
{
    [Fact]
    public async Task Everything_that_a_comment_may_have_is_read()
    {
        var parsed = await ReadAsync(
            """{"id":"a","body":"b","author":"c","community":"d","threadId":"e","parentId":"f","createdAt":"2026-01-31T12:00:00.5Z","url":"g","score":-3,"unknown":[1]}""");

        var comment = Assert.Single(parsed.Comments);
        Assert.Equal(("a", "b", "c", "d", "e", "f"), (comment.ExternalId, comment.Body, comment.Author, comment.Community, comment.ThreadId, comment.ParentId));
        Assert.Equal(("g", -3, false), (comment.Url, comment.Score, comment.Deleted));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 0, 0, 500, TimeSpan.Zero), comment.CreatedAt);
    }

    [Fact]
    public async Task What_is_null_or_blank_counts_as_missing()
    {
        var parsed = await ReadAsync("""{"id":7,"body":"","author":null,"community":" ","createdAt":null,"score":null,"deleted":null}""");

        var comment = Assert.Single(parsed.Comments);
        Assert.Equal(("7", "", null, "default"), (comment.ExternalId, comment.Body, comment.Author, comment.Community));
        Assert.Null(comment.CreatedAt);
    }

    [Theory]
    [InlineData("""{"id":"ID257","body":"b"}""", "'id' is longer than 256 characters.")]
    [InlineData("""{"id":"a","body":"b","author":"ID257ID257ID257"}""", "'author' is longer than 512 characters.")]
    public async Task What_is_too_long_is_rejected(string json, string reason)
    {
        var parsed = await ReadAsync(json.Replace("ID257", new string('x', 257), StringComparison.Ordinal));

        Assert.Empty(parsed.Comments);
        Assert.Equal(reason, Assert.Single(parsed.Rejected).Reason);
    }

    [Fact]
    public void Any_text_comes_back_from_lines_and_each_line_is_taken_or_rejected() => Gen.String.Array[1, 20].Sample(bodies =>
    {
        var good = bodies.Select((body, i) => System.Text.Json.JsonSerializer.Serialize(new { id = $"{i}", body }) + "\n{\n");

        var parsed = ReadAsync(string.Concat(good), "application/x-ndjson").GetAwaiter().GetResult();

        // JSON writes half of a surrogate pair as the replacement character.
        Assert.Equal(bodies.Select(body => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(body))), parsed.Comments.Select(comment => comment.Body));
        Assert.Equal(Enumerable.Range(0, bodies.Length).Select(i => (2 * i) + 1), parsed.Rejected.Select(rejected => rejected.Index));
    });

    private static async Task<ParsedComments> ReadAsync(string body, string contentType = "application/json")
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = contentType;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return await CommentReader.ReadAsync(context.Request, CancellationToken.None);
    }
}
