using System.Text.Json;

using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Commands;

public sealed class ThresholdCommandTests
{
    [Fact]
    public async Task Every_version_of_a_threshold_stays_on_record()
    {
        using var desk = new DeskFolder();

        await desk.RunAsync("threshold", "set", "0.4", "--note", "too much noise");
        await desk.RunAsync("threshold", "set", "0.9", "--community", "games");
        await desk.RunAsync("threshold", "set", "0.45");

        var versions = (await desk.RunAsync("threshold", "list", "--json")).Json.EnumerateArray().ToList();
        Assert.Equal([0.45, 0.9, 0.4], versions.Select(version => version.GetProperty("value").GetDouble()));
        Assert.Equal([null, "games", null], versions.Select(version => version.Text("community")));
        Assert.Equal([JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.String], versions.Select(version => version.GetProperty("note").ValueKind));
        var text = (await desk.RunAsync("threshold", "list")).Output;
        Assert.Contains("too much noise", text, StringComparison.Ordinal);
    }
}
