using System.Text.Json;
using System.Threading.Channels;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using Moderation.Data;
using Moderation.Data.DataDirectories;
using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Pipeline;
using Moderation.Pipeline.Sources;
using Moderation.Tests.Support;
using Moderation.Tests.Web.Api;
using Moderation.Web.Api;
using Moderation.Web.Hubs;

namespace Moderation.Tests.Web.Hubs;

public sealed class ModerationHubTests
{
    private static readonly string[] _messages = ["CommentFlagged", "CommentDecided", "ThresholdChanged", "PipelineStats"];

    [Fact]
    public async Task Clients_are_told_of_flagged_comments_thresholds_and_figures_and_never_of_texts()
    {
        using var folder = new DeskFolder();
        await using var desk = await DeskProcess.ServeAsync(folder.Path, ["--Moderation:Sources:0:Type=api"]);
        var heard = Channel.CreateBounded<(string Message, JsonElement Content)>(1_000);
        await using var hub = await ConnectAsync(desk.Address, heard.Writer);

        await folder.RunAsync("threshold", "set", "0", "--note", "a private note");
        var threshold = await NextAsync(heard.Reader, "ThresholdChanged");
        Assert.Equal(["community", "value", "actor", "at"], threshold.Names());
        Assert.Equal(0, threshold.GetProperty("value").GetDouble());

        var added = await desk.Client.AddAsync("?source=hub", """{"id":"a","body":"some words to hide","author":"ann","community":"games"}""");
        var flagged = await NextAsync(heard.Reader, "CommentFlagged");
        Assert.Equal(added.GetProperty("items")[0].Number("id"), flagged.Number("id"));
        Assert.Equal(
            ["id", "source", "externalId", "community", "author", "probability", "threshold", "createdAt"], flagged.Names());
        Assert.DoesNotContain("words", flagged.GetRawText(), StringComparison.Ordinal);

        var stats = await NextAsync(heard.Reader, "PipelineStats");
        Assert.Contains("committed", stats.Names());
    }

    [Fact]
    public async Task Clients_are_told_of_decisions()
    {
        using var folder = new TemporaryFolder();
        await using (var desk = await TestDesk.CreateAsync(folder.Path))
        {
            await desk.UseConstantModelAsync(0.9);
            await desk.RunFlowAsync(async flow => await await flow.EnterAsync(
                new CommentBatch("test", [new() { ExternalId = "a", Body = "some words to hide" }]), CancellationToken.None));
        }

        await using var app = await HubAloneAsync(folder.Path);
        var heard = Channel.CreateBounded<(string Message, JsonElement Content)>(1_000);
        await using var hub = await ConnectAsync(new Uri(app.Urls.Single()), heard.Writer);
        var comment = (await app.Services.GetRequiredService<HistoryReader>().FindAsync("test", "a", CancellationToken.None))!;
        await app.Services.GetRequiredService<DecisionWriter>().DecideAsync(
            new DecisionRequest(comment.Id, DecisionAction.Remove, comment.Version, "ann", "spam", "a private note"), CancellationToken.None);

        var decided = await NextAsync(heard.Reader, "CommentDecided");

        Assert.Equal(["id", "version", "status", "action", "reason", "actor", "at"], decided.Names());
        Assert.Equal(
            (comment.Id, "Removed", "remove", "spam", "ann"),
            (decided.Number("id"), decided.Text("status"), decided.Text("action"), decided.Text("reason"), decided.Text("actor")));
    }

    private static async Task<HubConnection> ConnectAsync(Uri address, ChannelWriter<(string Message, JsonElement Content)> heard)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(address, "hubs/moderation")).Build();
        foreach (var message in _messages)
        {
            hub.On<JsonElement>(message, content => heard.TryWrite((message, content)));
        }

        await hub.StartAsync(TestContext.Current.CancellationToken);
        return hub;
    }

    private static async Task<JsonElement> NextAsync(ChannelReader<(string Message, JsonElement Content)> heard, string message)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        await foreach (var (name, content) in heard.ReadAllAsync(deadline.Token))
        {
            if (name == message)
            {
                return content;
            }
        }

        throw new InvalidOperationException("The channel is never completed.");
    }

    /// <summary>The hub on a real server and a real database, without the pipeline's service and the pages.</summary>
    private static async Task<WebApplication> HubAloneAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddModerationPipeline(builder.Configuration);
        builder.Services.AddModerationData(new DataDirectory(folder), builder.Configuration);
        builder.Services.AddModerationApi();
        builder.Services.AddModerationHub();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapModerationHub();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
