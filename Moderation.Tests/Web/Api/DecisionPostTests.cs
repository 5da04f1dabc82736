using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Api;

public sealed class DecisionPostTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Each_action_is_201_and_says_how_the_comment_stands()
    {
        var id = await AddAsync("actions");

        var skipped = await DecideAsync(HttpStatusCode.Created, id, new { action = "skip", expectedVersion = 1 });
        var removed = await DecideAsync(HttpStatusCode.Created, id, new { action = "remove", reason = "spam", note = " seen before ", expectedVersion = 2 });
        var escalated = await DecideAsync(HttpStatusCode.Created, id, new { action = "escalate", expectedVersion = 3 });
        var undone = await DecideAsync(HttpStatusCode.Created, id, new { action = "undo", expectedVersion = 4 });
        var approved = await DecideAsync(HttpStatusCode.Created, id, new { action = "approve", expectedVersion = 5 });

        Assert.Equal(JsonValueKind.Null, skipped.GetProperty("decision").ValueKind);
        Assert.Equal(("Removed", 3), (removed.Text("status"), removed.Number("version")));
        var decision = removed.GetProperty("decision");
        Assert.Equal(("remove", "spam", "seen before", "api"), (decision.Text("action"), decision.Text("reason"), decision.Text("note"), decision.Text("actor")));
        Assert.Equal("Escalated", escalated.Text("status"));
        Assert.Equal(("Removed", decision.Number("id")), (undone.Text("status"), undone.GetProperty("decision").Number("id")));
        Assert.Equal(("Approved", 6, 1), (approved.Text("status"), approved.Number("version"), approved.Number("textVersion")));
    }

    [Fact]
    public async Task A_decision_on_a_version_that_is_gone_is_409_with_the_state_of_now_and_changes_nothing()
    {
        var id = await AddAsync("stale");
        await DecideAsync(HttpStatusCode.Created, id, new { action = "approve", expectedVersion = 1 });

        var problem = await DecideAsync(HttpStatusCode.Conflict, id, new { action = "remove", reason = "spam", expectedVersion = 1 });
        var comment = problem.GetProperty("comment");

        Assert.Equal("api decided meanwhile: approved.", problem.Text("detail"));
        Assert.Equal((id, 2, "Approved"), (comment.Number("id"), comment.Number("version"), comment.Text("status")));
        await DecideAsync(HttpStatusCode.Created, id, new { action = "skip", expectedVersion = 2 });
    }

    [Fact]
    public async Task Nothing_to_undo_is_409_with_the_state_of_now()
    {
        var id = await AddAsync("undo");

        var problem = await DecideAsync(HttpStatusCode.Conflict, id, new { action = "undo", expectedVersion = 1 });

        Assert.Equal("There is no decision to undo.", problem.Text("detail"));
        Assert.Equal(1, problem.GetProperty("comment").Number("version"));
    }

    [Fact]
    public async Task A_comment_that_is_not_there_is_404() =>
        Assert.Equal("There is no such comment.", (await DecideAsync(HttpStatusCode.NotFound, 987_654_321, new { action = "approve", expectedVersion = 1 })).Text("detail"));

    [Theory]
    [InlineData("""{"expectedVersion":1}""", "approve, remove, skip, escalate, undo")]
    [InlineData("""{"action":"Approve","expectedVersion":1}""", "approve, remove, skip, escalate, undo")]
    [InlineData("""{"action":"3","expectedVersion":1}""", "approve, remove, skip, escalate, undo")]
    [InlineData("""{"action":"approve"}""", "'expectedVersion' is missing")]
    [InlineData("""{"action":"remove","expectedVersion":1}""", "A removal needs a reason")]
    [InlineData("""{"action":"remove","reason":"whim","expectedVersion":1}""", "A removal needs a reason")]
    [InlineData("""{"action":"approve","reason":"spam","expectedVersion":1}""", "Only a removal has a reason")]
    [InlineData("{", null)]
    [InlineData("null", null)]
    [InlineData("""{"action":7,"expectedVersion":1}""", null)]
    [InlineData("""{"action":"approve","expectedVersion":"now"}""", null)]
    public async Task What_is_no_decision_is_400(string body, string? detail)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await server.Client.PostAsync(Path(1), content, TestContext.Current.CancellationToken);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        if (detail is not null)
        {
            Assert.Contains(detail, problem.Text("detail"), StringComparison.Ordinal);
        }
    }

    private static Uri Path(long id) => new($"api/v1/comments/{id}/decisions", UriKind.Relative);

    private async Task<long> AddAsync(string id)
    {
        var answer = await server.Client.AddAsync("?source=decisions", $$"""{"id":"{{id}}","body":"a text to decide on"}""");
        return answer.GetProperty("items")[0].GetProperty("id").GetInt64();
    }

    private async Task<JsonElement> DecideAsync(HttpStatusCode status, long id, object order)
    {
        using var response = await server.Client.PostAsJsonAsync(Path(id), order, TestContext.Current.CancellationToken);
        return status == HttpStatusCode.Created ? await response.JsonAsync(status) : await response.ProblemAsync(status);
    }
}
