using System.Net;
using System.Text.Json;

using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Api;

public sealed class RefusedRequestTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private HttpClient Client => server.Client;

    [Theory]
    [InlineData("{}", "'id' is missing")]
    [InlineData("""{"id":"1"}""", "'body' is missing")]
    [InlineData("""{"body":"hello"}""", "'id' is missing")]
    [InlineData("""{"id":"","body":"hello"}""", "'id' is empty")]
    [InlineData("""{"id":["1"],"body":"hello"}""", "'id' is not a string")]
    [InlineData("""{"id":"1","body":7}""", "'body' is not a string")]
    [InlineData("""{"id":"1","body":"hello","author":{}}""", "'author' is not a string")]
    [InlineData("""{"id":"1","body":"hello","score":"7"}""", "'score' is not a whole number")]
    [InlineData("""{"id":"1","body":"hello","score":1.5}""", "'score' is not a whole number")]
    [InlineData("""{"id":"1","body":"hello","createdAt":"yesterday"}""", "'createdAt' is not a time")]
    [InlineData("""{"id":"1","body":"hello","createdAt":1700000000}""", "'createdAt' is not a time")]
    [InlineData("""{"id":"1","body":"hello","createdAt":"2026-01-31T12:00:00"}""", "'createdAt' is not a time")]
    [InlineData("""{"id":"1","body":"hello","createdAt":"2026-01-31"}""", "'createdAt' is not a time")]
    [InlineData("""{"id":"1","body":"half \ud83d of it"}""", "surrogate")]
    [InlineData("7", "not a JSON object")]
    public async Task A_comment_that_cannot_be_kept_is_400_and_says_what_is_wrong(string body, string reason)
    {
        var problem = await Client.RefuseAsync(HttpStatusCode.BadRequest, "?source=refused", body);

        Assert.Contains(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var rejected = Assert.Single(problem.GetProperty("rejected").EnumerateArray());
        Assert.Equal(0, rejected.GetProperty("index").GetInt32());
        Assert.Contains(reason, rejected.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hubs/moderation/negotiate")]
    [InlineData("_blazor/negotiate")]
    public async Task A_page_of_another_site_cannot_connect(string path)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await ConnectFromAsync("http://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await ConnectFromAsync("http://localhost:1"));
        Assert.Equal(HttpStatusCode.Forbidden, await ConnectFromAsync("null"));
        Assert.Equal(HttpStatusCode.OK, await ConnectFromAsync(Client.BaseAddress!.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.OK, await ConnectFromAsync(null));

        async Task<HttpStatusCode> ConnectFromAsync(string? origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{path}?negotiateVersion=1", UriKind.Relative));
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData("[]", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("not json", "application/json")]
    [InlineData("""{"id":"1","body":"unfinished""", "application/json")]
    [InlineData("\n\n", "application/x-ndjson")]
    [InlineData("not json\n", "application/x-ndjson")]
    public async Task A_body_without_a_comment_is_400(string body, string contentType) =>
        await Client.RefuseAsync(HttpStatusCode.BadRequest, "?source=refused", body, contentType);

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson")]
    public async Task A_body_nested_too_deep_is_400(string contentType)
    {
        var deep = $$"""{"id":"1","body":"hello","more":{{new string('[', 5_000)}}{{new string(']', 5_000)}}}""";

        await Client.RefuseAsync(HttpStatusCode.BadRequest, "?source=refused", deep, contentType);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("")]
    public async Task A_body_of_another_type_is_415(string contentType) =>
        await Client.RefuseAsync(HttpStatusCode.UnsupportedMediaType, "?source=refused", """{"id":"1","body":"hello"}""", contentType);

    [Theory]
    [InlineData("?score=maybe")]
    [InlineData("?source=%20")]
    [InlineData("?source=01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    public async Task A_parameter_that_does_not_fit_is_400(string query) =>
        await Client.RefuseAsync(HttpStatusCode.BadRequest, query, """{"id":"1","body":"hello"}""");

    [Theory]
    [InlineData("application/json", false)]
    [InlineData("application/json", true)]
    [InlineData("application/x-ndjson", true)]
    public async Task A_body_that_is_too_large_is_413_and_keeps_nothing(string contentType, bool chunked)
    {
        var line = $$"""{"id":"large","body":"{{new string('a', 33 * 1024 * 1024)}}"}""";
        using var content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(line));
        content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue(contentType);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Client.BaseAddress!, "api/v1/comments?source=large")) { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true;
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.DoesNotContain("fail:", server.Desk.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            (await Client.GetJsonAsync("api/v1/stats")).GetProperty("sources").EnumerateArray(),
            source => source.GetProperty("name").GetString() == "large");
    }

    [Theory]
    [InlineData("GET", "api")]
    [InlineData("GET", "api/v1/nothing")]
    [InlineData("POST", "api/v1/nothing")]
    [InlineData("GET", "api/v1/comments/7")]
    [InlineData("POST", "api/v1/score")]
    public async Task What_is_not_there_under_api_is_404_as_a_problem_document(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Client.BaseAddress!, path));
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);

        await response.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_request_in_the_name_of_another_site_is_400()
    {
        // A page of another site whose name was made to point here cannot read or post anything.
        foreach (var path in new[] { "queue", "api/v1/stats", "hubs/moderation/negotiate" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Client.BaseAddress!, path));
            request.Headers.Host = "evil.example";
            using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Fact]
    public async Task The_control_calls_are_not_there_over_tcp()
    {
        foreach (var path in new[] { "control/thresholds", "control/models", "control/models/promote", "control/models/rollback", "control/ingest" })
        {
            using var content = System.Net.Http.Json.JsonContent.Create(
                new { value = 0.1, actor = "x", file = "x", promote = true, version = "v1", path = "/etc/passwd", source = "x" });
            using var response = await Client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        Assert.Equal("v1", (await Client.GetJsonAsync("api/v1/stats")).GetProperty("model").GetString());
        Assert.Equal(JsonValueKind.Null, (await Client.GetJsonAsync("api/v1/stats")).GetProperty("problem").ValueKind);
    }
}
