using Moderation.Tests.Support;
using Moderation.Tests.Web.Api;

namespace Moderation.Tests.Web.Control;

public sealed class BesideAServerTests
{
    [Fact]
    public async Task What_a_command_changes_counts_at_once_in_the_running_server()
    {
        using var folder = new DeskFolder();
        await using var desk = await DeskProcess.ServeAsync(folder.Path, ["--Moderation:Sources:0:Type=api"]);
        folder.Write("train.csv", LabelledRows.Csv(200));
        folder.Write("comments.csv", LabelledRows.Csv(300, seed: 7));

        await folder.RunAsync("threshold", "set", "1");
        Assert.False(await IsFlaggedAsync(desk, "a"));
        await folder.RunAsync("threshold", "set", "0");
        Assert.True(await IsFlaggedAsync(desk, "b"));
        await folder.RunAsync("threshold", "set", "1", "--community", "default");
        Assert.False(await IsFlaggedAsync(desk, "c"));

        Assert.Equal("v1", await ModelAsync(desk));
        Assert.Equal("v2", (await folder.RunAsync("train", "--input", "train.csv", "--promote", "--json")).Json.Text("version"));
        Assert.Equal("v2", await ModelAsync(desk));
        await folder.RunAsync("model", "rollback");
        Assert.Equal("v1", await ModelAsync(desk));
        await folder.RunAsync("model", "promote", "v2");
        Assert.Equal("v2", await ModelAsync(desk));
        (await DeskProcess.RunAsync(folder.Path, ["model", "promote", "v7"])).ExpectSentence(1);
        (await DeskProcess.RunAsync(folder.Path, ["threshold", "set", "0.5", "--note", new string('n', 100_000)])).ExpectSentence(1);

        var ingested = (await folder.RunAsync("ingest", "--input", "comments.csv")).Json;
        Assert.Equal(["read", "committed", "duplicates", "flagged", "late", "deadLettered", "seconds", "perSecond"], ingested.Names());
        Assert.Equal((300, 300), (ingested.Number("read"), ingested.Number("committed")));
        Assert.Equal(0, (await folder.RunAsync("ingest", "--input", "comments.csv")).Json.Number("committed"));
        Assert.Equal(303, (await desk.Client.GetJsonAsync("api/v1/stats")).Number("committed"));

        (await desk.StopAsync()).Expect(0);
        var comments = await folder.CommentsAsync();
        Assert.Equal(303, comments.Count);
        Assert.Equal(300, comments.Count(comment => comment.Text("modelVersion") == "v2"));
    }

    [Fact]
    public async Task A_server_that_is_killed_under_a_command_is_one_sentence()
    {
        using var folder = new DeskFolder();
        await using var desk = await DeskProcess.ServeAsync(folder.Path, ["--Moderation:Sources:0:Type=api"]);
        folder.Write("comments.csv", LabelledRows.Csv(300));
        await using var ingest = DeskProcess.Start(folder.Path, ["ingest", "--input", "comments.csv", "--rate", "20"]);
        await Eventually.TrueAsync(
            async () => (await desk.Client.GetJsonAsync("api/v1/stats")).Number("committed") > 0, "the server reads the file");

        desk.SendSignal(DeskProcess.Signal.Kill);

        Assert.Contains("server", (await ingest.WaitForExitAsync()).ExpectSentence(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_works_as_well()
    {
        using var folder = new DeskFolder();
        var data = Path.Combine(Enumerable.Repeat("a-rather-long-folder-name", 6).Prepend(folder.DataPath).ToArray());
        string[] setting = [$"--Moderation:DataDirectory={data}"];
        await using var desk = await DeskProcess.ServeAsync(folder.Path, ["--Moderation:Sources:0:Type=api", .. setting]);
        var address = Path.Combine(data, "control.address");
        var socket = await File.ReadAllTextAsync(address, TestContext.Current.CancellationToken);

        (await DeskProcess.RunAsync(folder.Path, ["threshold", "set", "0", .. setting])).Expect(0);

        Assert.True(await IsFlaggedAsync(desk, "a"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(socket)!));
        }

        (await desk.StopAsync()).Expect(0);
        Assert.False(File.Exists(address));
        Assert.False(Directory.Exists(Path.GetDirectoryName(socket)));
    }

    private static async Task<bool> IsFlaggedAsync(DeskProcess desk, string id)
    {
        var answer = await desk.Client.AddAsync("?score=true", $$"""{"id":"{{id}}","body":"a text of its own, {{id}}"}""");
        return answer.GetProperty("items")[0].GetProperty("flagged").GetBoolean();
    }

    private static async Task<string?> ModelAsync(DeskProcess desk) => (await desk.Client.GetJsonAsync("api/v1/stats")).Text("model");
}
