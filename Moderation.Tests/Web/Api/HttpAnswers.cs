using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Moderation.Tests.Web.Api;

/// <summary>Calls of the HTTP API and what they answer.</summary>
internal static class HttpAnswers
{
    public static async Task<HttpResponseMessage> PostAsync(
        this HttpClient client, string query, string body, string contentType = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = contentType.Length == 0 ? null : MediaTypeHeaderValue.Parse(contentType);
        return await client.PostAsync(new Uri($"api/v1/comments{query}", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    /// <summary>Posts comments that must be taken, and gives the answer.</summary>
    public static async Task<JsonElement> AddAsync(
        this HttpClient client, string query, string body, string contentType = "application/json")
    {
        using var response = await client.PostAsync(query, body, contentType);
        return await response.JsonAsync(HttpStatusCode.Accepted);
    }

    /// <summary>Posts comments that must be refused, and gives the problem document.</summary>
    public static async Task<JsonElement> RefuseAsync(
        this HttpClient client, HttpStatusCode status, string query, string body, string contentType = "application/json")
    {
        using var response = await client.PostAsync(query, body, contentType);
        return await response.ProblemAsync(status);
    }

    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await response.JsonAsync(HttpStatusCode.OK);
    }

    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        var problem = await response.JsonAsync(status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        return problem;
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} instead of {(int)status}: {text}");
        return JsonElement.Parse(text);
    }
}
