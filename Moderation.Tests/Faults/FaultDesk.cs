using System.Net;
using System.Text.Json;

using Moderation.Data.Schema;
using Moderation.Tests.Data;
using Moderation.Tests.Support;
using Moderation.Tests.Web.Api;

namespace Moderation.Tests.Faults;

/// <summary>The real program on a data directory that something happens to.</summary>
internal static class FaultDesk
{
    public const string Source = "forum";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public static string[] OnlyHttp { get; } = ["--Moderation:Sources:0:Type=api"];

    /// <summary>Makes a data directory with a model, so that no start has to train one.</summary>
    public static async Task PrepareAsync(string data)
    {
        await using var desk = await TestDesk.CreateAsync(data);
        await desk.UseConstantModelAsync(0.9);
    }

    /// <summary>Posts a comment as a patient caller does: again, until it is kept.</summary>
    public static Task PostUntilKeptAsync(this DeskProcess desk, string id, string? body = null) => Eventually.TrueAsync(
        async () =>
        {
            using var response = await desk.Client.PostAsync($"?source={Source}", JsonSerializer.Serialize(new { id, body = body ?? $"text of {id}" }));
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                return true;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
            return false;
        },
        $"{id} is kept",
        _patience);

    /// <summary>What a check of /health/ready says, with the answer's status code.</summary>
    public static async Task<(HttpStatusCode Code, string? Status, string Description)> ReadyAsync(this DeskProcess desk, string check)
    {
        using var response = await desk.Client.GetAsync(new Uri("health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var entry = body.GetProperty("checks").GetProperty(check);
        return (response.StatusCode, entry.Text("status"), entry.Text("description") ?? "");
    }

    /// <summary>Waits until /health/ready is 503 and says this, and /api/v1/stats, which the Pipeline page shows, too.</summary>
    public static async Task SaysAsync(this DeskProcess desk, params string[] words)
    {
        var last = "";
        await Eventually.TrueAsync(
            async () =>
            {
                var (code, _, description) = await desk.ReadyAsync("pipeline");
                last = description;
                return code == HttpStatusCode.ServiceUnavailable && words.Any(word => description.Contains(word, StringComparison.Ordinal));
            },
            $"/health/ready says '{string.Join("' or '", words)}'",
            _patience);
        Assert.EndsWith(".", last, StringComparison.Ordinal);
        Assert.NotNull((await desk.Client.GetJsonAsync("api/v1/stats")).Text("problem"));
    }

    /// <summary>Waits until the fault is over and nothing is said of it any more.</summary>
    public static async Task IsWellAsync(this DeskProcess desk)
    {
        await Eventually.TrueAsync(async () => (await desk.ReadyAsync("pipeline")).Code == HttpStatusCode.OK, "the desk is ready again", _patience);
        Assert.Null((await desk.Client.GetJsonAsync("api/v1/stats")).Text("problem"));
    }

    /// <summary>Stops the program and gives the external ids of what it kept, in its order.</summary>
    public static async Task<IReadOnlyList<string>> StopAndReadAsync(this DeskProcess desk, string data)
    {
        (await desk.StopAsync()).Expect(0);
        return await ReadAsync(data, context => context.Comments.OrderBy(row => row.Id).Select(row => row.ExternalId).ToList());
    }

    public static async Task<T> ReadAsync<T>(string data, Func<ModerationDbContext, T> look)
    {
        await using var reader = await TestDesk.CreateAsync(data, initialize: false);
        return reader.Look(look);
    }
}
