using System.Text.Json;

using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Api;

public sealed class CommentPostTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private HttpClient Client => server.Client;

    [Fact]
    public async Task A_time_before_1970_is_clamped_and_harms_no_page()
    {
        await Client.AddAsync("?source=ancient", """{"id":"a","body":"hello","createdAt":"0001-01-01T00:00:00Z"}""");

        var stats = await Client.GetJsonAsync("api/v1/stats");

        Assert.True(stats.Number("clamped") >= 1);
    }

    [Fact]
    public async Task Many_small_requests_at_once_are_all_taken()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(
            async i => (await Client.AddAsync("?source=burst", $$"""{"id":"{{i}}","body":"hello"}""")).Number("accepted")));

        Assert.Equal(300, answers.Sum());
    }

    [Fact]
    public async Task One_object_an_array_and_lines_are_all_taken_and_answered_in_order()
    {
        var one = await Client.AddAsync("?source=forms", """{"id":"one","body":"hello","author":"ann","community":"games","threadId":"t","createdAt":"2026-01-31T12:00:00+02:00"}""");
        Assert.Equal(["accepted", "duplicates", "rejected", "items"], one.Names());
        Assert.Equal((1, 0), (one.Number("accepted"), one.Number("duplicates")));
        Assert.Equal(["externalId", "id"], Assert.Single(one.GetProperty("items").EnumerateArray()).Names());

        var array = await Client.AddAsync("?source=forms", """[{"id":"two","body":"x"},{"id":3,"body":"y"},{"id":"bad"},{"id":"four","body":"z"}]""");
        Assert.Equal(["two", "3", "four"], Ids(array));
        Assert.Equal(2, Assert.Single(array.GetProperty("rejected").EnumerateArray()).Number("index"));

        var lines = await Client.AddAsync(
            "?source=forms", LabelledRows.Ndjson(("five", "v")) + "broken\n\n" + LabelledRows.Ndjson(("six", "w")), "application/x-ndjson");
        Assert.Equal(["five", "six"], Ids(lines));
        Assert.Equal(1, Assert.Single(lines.GetProperty("rejected").EnumerateArray()).Number("index"));

        var kept = await KeptAsync("forms");
        Assert.Equal(["one", "two", "3", "four", "five", "six"], kept.Select(comment => comment.Text("externalId")));
        Assert.Equal(("ann", "games", "t", "2026-01-31T10:00:00+00:00"), (kept[0].Text("author"), kept[0].Text("community"), kept[0].Text("threadId"), kept[0].Text("createdAt")));
    }

    [Fact]
    public async Task Scores_are_in_the_answer_when_they_are_asked_for()
    {
        var answer = await Client.AddAsync("?source=scores&score=true", """[{"id":"a","body":"thanks for the link"}]""");

        var item = Assert.Single(answer.GetProperty("items").EnumerateArray());
        Assert.Equal(["externalId", "id", "probability", "flagged"], item.Names());
        var kept = Assert.Single(await KeptAsync("scores"));
        Assert.Equal(kept.GetProperty("probability").GetDouble(), item.GetProperty("probability").GetDouble(), 9);
        Assert.Equal(kept.GetProperty("flagged").GetBoolean(), item.GetProperty("flagged").GetBoolean());
    }

    [Fact]
    public async Task The_same_text_is_a_duplicate_another_is_an_edit_and_a_withdrawal_is_kept()
    {
        var first = await Client.AddAsync("?source=edits", """[{"id":"a","body":"one"},{"id":"b","body":"two"}]""");
        var again = await Client.AddAsync("?source=edits", """[{"id":"a","body":"one"},{"id":"b","body":"two, edited"},{"id":"b","body":"two, edited"}]""");
        Assert.Equal((1, 2), (again.Number("accepted"), again.Number("duplicates")));
        Assert.Equal(DeskIds(first).Append(DeskIds(first)[1]), DeskIds(again));

        var withdrawn = await Client.AddAsync("?source=edits", """{"id":"a","deleted":true}""");
        Assert.Equal(1, withdrawn.Number("accepted"));

        // The same id of another source is another comment.
        Assert.NotEqual(DeskIds(first)[0], DeskIds(await Client.AddAsync("?source=edits2", """{"id":"a","body":"one"}"""))[0]);
        var kept = await KeptAsync("edits");
        Assert.Equal(2, kept.Count);
        Assert.Equal("two, edited", kept[1].Text("body"));
    }

    [Fact]
    public async Task Unusual_texts_are_kept_as_they_came()
    {
        var bodies = new[]
        {
            "   \n\t ", "", "😀 👩‍👩‍👧 e\u0301 \u202Eright to left", "<script>alert(1)</script>", new string('x', 1_000_000), "a\u0000b", "\uFEFFmark",
        };
        var posted = JsonSerializer.Serialize(bodies.Select((body, i) => new { id = $"u{i}", body }));

        var answer = await Client.AddAsync("?source=unusual", posted);

        Assert.Equal(bodies.Length, answer.Number("accepted"));
        var kept = await KeptAsync("unusual");
        Assert.Equal(bodies.Length, kept.Count);
        Assert.Equal(bodies.Where(body => !body.Contains('\0', StringComparison.Ordinal)), kept.Where((_, i) => i != 5).Select(comment => comment.Text("body")));
    }

    [Fact]
    public async Task A_source_is_named_api_unless_the_caller_names_it()
    {
        await Client.AddAsync("", """{"id":"plain","body":"hello"}""");

        Assert.Equal("plain", Assert.Single(await KeptAsync("api")).Text("externalId"));
    }

    [Fact]
    public async Task More_comments_than_a_batch_holds_are_all_taken()
    {
        var comments = Enumerable.Range(0, 1_500).Select(i => ($"m{i}", $"text {i}")).ToArray();

        var answer = await Client.AddAsync("?source=many", LabelledRows.Ndjson(comments), "application/x-ndjson");

        Assert.Equal(comments.Select(comment => comment.Item1), Ids(answer));
        Assert.Equal(1_500, (await KeptAsync("many")).Count);
    }

    [Fact]
    public async Task Statistics_have_the_promised_shape()
    {
        await Client.AddAsync("?source=shape", """{"id":"a","body":"hello"}""");

        var stats = await Client.GetJsonAsync("api/v1/stats");

        string[] promised =
            ["received", "scored", "flagged", "committed", "duplicates", "late", "deadLettered", "ratePerSecond", "latencyMs", "queues", "sources"];
        Assert.Empty(promised.Except(stats.Names()));
        Assert.Equal(["p50", "p90", "p99", "max"], stats.GetProperty("latencyMs").Names());
        Assert.Equal(["databaseBytes", "walBytes"], stats.GetProperty("storage").Names());
        Assert.Equal(["position", "behind", "bytesOnDisk", "ratePerSecond", "problem"], stats.GetProperty("search").Names());
        Assert.True(stats.GetProperty("storage").Number("databaseBytes") > 0);
        Assert.All(stats.GetProperty("queues").EnumerateArray(), queue => Assert.Equal(["name", "length", "capacity"], queue.Names()));
        var source = stats.GetProperty("sources").EnumerateArray().Single(source => source.Text("name") == "shape");
        Assert.Empty(new[] { "name", "state", "lag", "watermark", "idle", "controllable", "late", "deadLettered", "checkpointAt", "retryAt" }.Except(source.Names()));
        Assert.False(source.GetProperty("controllable").GetBoolean());
    }

    [Fact]
    public async Task Health_names_each_check()
    {
        Assert.Equal("healthy", (await Client.GetJsonAsync("health/live")).Text("status"));
        var ready = await Client.GetJsonAsync("health/ready");

        Assert.Equal("healthy", ready.Text("status"));
        Assert.Equal(["clock", "database", "model", "pipeline", "search", "sources"], ready.GetProperty("checks").Names().Order());
    }

    private static IEnumerable<string?> Ids(JsonElement answer) => answer.GetProperty("items").EnumerateArray().Select(item => item.Text("externalId"));

    private static List<long> DeskIds(JsonElement answer) => [.. answer.GetProperty("items").EnumerateArray().Select(item => item.Number("id"))];

    /// <summary>What is committed of a source, read beside the server.</summary>
    private async Task<List<JsonElement>> KeptAsync(string source)
    {
        var export = (await DeskProcess.RunAsync(server.Folder, ["export", "--what", "comments"])).Expect(0);
        return [.. export.Documents.Where(comment => comment.Text("source") == source)];
    }
}
