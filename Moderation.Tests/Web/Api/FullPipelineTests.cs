using System.Net;

using Microsoft.Data.Sqlite;

using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Api;

public sealed class FullPipelineTests
{
    [Fact]
    public async Task A_full_pipeline_answers_503_and_exactly_what_got_202_is_kept()
    {
        using var folder = new DeskFolder();
        await using var desk = await DeskProcess.ServeAsync(
            folder.Path, ["--Moderation:Sources:0:Type=api", "--Moderation:Pipeline:ChannelCapacity=1"]);
        await desk.Client.AddAsync("", """{"id":"before","body":"hello"}""");

        Task<HttpResponseMessage> held;
        var refused = 0;
        await using (var other = new SqliteConnection($"Data Source={folder.File("data/moderation.db")};Pooling=false"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await ExecuteAsync(other, "BEGIN IMMEDIATE");
            held = desk.Client.PostAsync("", """{"id":"held","body":"hello"}""");
            await Eventually.TrueAsync(
                async () => (await desk.Client.GetJsonAsync("api/v1/stats")).GetProperty("queues").EnumerateArray()
                    .Any(queue => queue.Text("name") == "commit" && queue.Number("length") == 1),
                "the pipeline is full");

            for (; refused < 5; refused++)
            {
                using var response = await desk.Client.PostAsync("", $$"""{"id":"refused-{{refused}}","body":"hello"}""");
                await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
                Assert.NotNull(response.Headers.RetryAfter);
            }

            // What is not committed is not accepted, and nobody is told that it was.
            Assert.False(held.IsCompleted);
            Assert.DoesNotContain(await folder.CommentsAsync(), comment => comment.Text("externalId") == "held");
            await Eventually.TrueAsync(
                async () =>
                {
                    using var ready = await desk.Client.GetAsync(new Uri("health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
                    return ready.StatusCode == HttpStatusCode.ServiceUnavailable;
                },
                "the desk says that it cannot commit");
            await ExecuteAsync(other, "ROLLBACK");
        }

        using (var answer = await held)
        {
            Assert.Equal(1, (await answer.JsonAsync(HttpStatusCode.Accepted)).Number("accepted"));
        }

        await desk.Client.AddAsync("", """{"id":"after","body":"hello"}""");
        await desk.WaitUntilReadyAsync();
        (await desk.StopAsync()).Expect(0);
        Assert.Equal(["before", "held", "after"], (await folder.CommentsAsync()).Select(comment => comment.Text("externalId")));
    }

    [Fact]
    public async Task The_desk_is_alive_but_not_ready_while_the_starter_model_is_trained()
    {
        using var folder = new DeskFolder();
        await using var desk = DeskProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0", "--Moderation:Sources:0:Type=api"]);
        await desk.WaitForAddressAsync();

        using (var early = await desk.Client.GetAsync(new Uri("health/ready", UriKind.Relative), TestContext.Current.CancellationToken))
        {
            var report = await early.JsonAsync(HttpStatusCode.ServiceUnavailable);
            Assert.Equal("unhealthy", report.GetProperty("checks").GetProperty("model").Text("status"));
        }

        await desk.Client.GetJsonAsync("health/live");
        await desk.WaitUntilReadyAsync();
        Assert.Equal("v1 is live", (await desk.Client.GetJsonAsync("health/ready")).GetProperty("checks").GetProperty("model").Text("description"));
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
