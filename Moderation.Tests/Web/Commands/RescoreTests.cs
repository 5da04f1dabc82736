using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Models;
using Moderation.Pipeline.Models.Registry;
using Moderation.Tests.Data;
using Moderation.Tests.Data.Flow;
using Moderation.Tests.Support;
using Moderation.Tests.Web.Api;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Web.Commands;

public sealed class RescoreTests
{
    private const int Comments = 120;

    private static readonly string[] _names = ["model", "read", "rescored", "known", "seconds", "perSecond"];

    [Fact]
    public async Task The_history_is_rescored_once_and_then_only_what_came_since()
    {
        using var folder = await FilledAsync();

        var first = (await folder.RunAsync("model", "rescore", "v2")).Json;
        Assert.Equal(_names, first.Names());
        Assert.Equal(("v2", Comments, Comments, 0), (first.Text("model"), first.Number("read"), first.Number("rescored"), first.Number("known")));
        await using (var desk = await TestDesk.CreateAsync(folder.DataPath))
        {
            Assert.Equal(Comments, desk.Rescored().Count);
            await desk.StoreAsync(Scored("new"), Scored("id5", "edited"));
        }

        var second = (await folder.RunAsync("model", "rescore", "v2", "--rate", "1000")).Json;
        Assert.Equal((2, 2), (second.Number("read"), second.Number("rescored")));
        var live = (await folder.RunAsync("model", "rescore", "v1")).Json;
        Assert.Equal((Comments + 1, 0, Comments + 1), (live.Number("read"), live.Number("rescored"), live.Number("known")));
        Assert.Equal(0, (await folder.RunAsync("model", "rescore", "v1")).Json.Number("read"));
    }

    [Fact]
    public async Task Killed_inside_a_commit_and_on_both_sides_of_it_the_runs_together_rescore_each_comment_once()
    {
        using var folder = await FilledAsync();
        string[] command = ["model", "rescore", "v2", "--Moderation:Pipeline:BatchSize=10", "--Moderation:Pipeline:CommitSize=10"];
        string[] places = [$"{FailPoint.InsideCommit}:15", $"{FailPoint.BeforeCommit}:3", $"{FailPoint.BeforeAcknowledgement}:2"];
        IReadOnlyList<string>? before = null;
        foreach (var place in places)
        {
            await using (var desk = await TestDesk.CreateAsync(folder.DataPath))
            {
                before ??= DatabaseDump.WithoutRescoring(desk, RescoringExtensions.OtherKey, RescoringExtensions.SourceName);
            }

            var killed = await DeskProcess.RunAsync(
                folder.Path, command, environment: new Dictionary<string, string> { [FailPoint.Variable] = place });
            Assert.NotInRange(killed.ExitCode, 0, 2);
        }

        var rest = (await folder.RunAsync(command)).Json;

        await using var last = await TestDesk.CreateAsync(folder.DataPath);
        Assert.Equal(0, rest.Number("known"));
        Assert.InRange(rest.Number("rescored"), 1, Comments - 10);
        Assert.Equal(
            Enumerable.Range(0, Comments).Select(n => RescoringExtensions.OtherModel.Score($"text {n}")), last.Rescored().Select(row => row.Probability));
        Assert.Equal(before, DatabaseDump.WithoutRescoring(last, RescoringExtensions.OtherKey, RescoringExtensions.SourceName));
    }

    [Fact]
    public async Task Interrupted_it_stops_cleanly_and_goes_on_where_it_stopped()
    {
        using var folder = await FilledAsync();
        await using var rescore = DeskProcess.Start(folder.Path, ["model", "rescore", "v2", "--rate", "20"]);
        await using var reader = await TestDesk.CreateAsync(folder.DataPath, initialize: false);
        await Eventually.TrueAsync(() => reader.Rescored().Count > 5, "some comments are rescored");

        rescore.SendSignal(DeskProcess.Signal.Interrupt);

        Assert.Contains("Stopped.", (await rescore.WaitForExitAsync()).Expect(1).Error, StringComparison.Ordinal);
        var kept = reader.Rescored().Count;
        Assert.InRange(kept, 6, Comments - 1);
        var rest = (await folder.RunAsync("model", "rescore", "v2")).Json;
        Assert.Equal((Comments - kept, Comments - kept, 0), (rest.Number("read"), rest.Number("rescored"), rest.Number("known")));
    }

    [Fact]
    public async Task Beside_a_server_it_is_a_source_of_the_servers_flow_and_no_comment_that_came_in()
    {
        using var folder = await FilledAsync();
        await using var server = await DeskProcess.ServeAsync(folder.Path, ["--Moderation:Sources:0:Type=api"]);
        await server.Client.AddAsync("", """{"id":"a","body":"one more"}""");

        var rescored = (await folder.RunAsync("model", "rescore", "v2")).Json;

        Assert.Equal((Comments + 1, Comments + 1), (rescored.Number("read"), rescored.Number("rescored")));
        var stats = await server.Client.GetJsonAsync("api/v1/stats");
        Assert.Equal((1, 1, 1), (stats.Number("received"), stats.Number("scored"), stats.Number("committed")));
        Assert.Equal("v1", stats.Text("model"));
        var source = stats.GetProperty("sources").EnumerateArray().Single(source => source.Text("name") == "rescore v2");
        Assert.Equal((Comments + 1, "finished"), (source.Number("received"), source.Text("state")));
        Assert.Contains("v9", (await DeskProcess.RunAsync(folder.Path, ["model", "rescore", "v9"])).ExpectSentence(1), StringComparison.Ordinal);
        File.Delete(Path.Combine(folder.DataPath, "models", "v2.model"));
        Assert.Contains("v2.model", (await DeskProcess.RunAsync(folder.Path, ["model", "rescore", "v2"])).ExpectSentence(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_done_is_one_sentence_and_an_empty_desk_is_none()
    {
        using var folder = new DeskFolder();
        Assert.Contains("v1", (await DeskProcess.RunAsync(folder.Path, ["model", "rescore", "v1"])).ExpectSentence(1), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.DataPath));
        (await DeskProcess.RunAsync(folder.Path, ["model", "rescore", "v1", "--rate", "0"])).ExpectSentence(2);
        await using (await RescoringExtensions.CreateAsync(folder.DataPath))
        {
        }

        var none = (await folder.RunAsync("model", "rescore", "v2")).Json;

        Assert.Equal((0, 0, 0), (none.Number("read"), none.Number("rescored"), none.Number("known")));
        await File.WriteAllBytesAsync(Path.Combine(folder.DataPath, "models", "v2.model"), [1, 2, 3], Stop);
        Assert.Contains("v2.model", (await DeskProcess.RunAsync(folder.Path, ["model", "rescore", "v2"])).ExpectSentence(1), StringComparison.Ordinal);
    }

    /// <summary>A desk with comments of v1, and v2 as a candidate.</summary>
    private static async Task<DeskFolder> FilledAsync()
    {
        var folder = new DeskFolder();
        await using var desk = await RescoringExtensions.CreateAsync(folder.DataPath);
        await desk.StoreAsync([.. Enumerable.Range(0, Comments).Select(n => Scored($"id{n}", $"text {n}"))]);
        return folder;
    }
}
