using System.Text.Json;

using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Commands;

public sealed class BenchTests
{
    private static readonly Dictionary<string, string> _withoutRealComments = new() { ["MODERATION_SHARED_DATA"] = "" };

    [Fact]
    public async Task Json_has_one_object_a_figure_beside_its_baseline()
    {
        using var folder = new TemporaryFolder();

        var result = (await DeskProcess.RunAsync(
            folder.Path, ["bench", "quality", "score-two-cores", "--json"], environment: _withoutRealComments)).Expect(0);

        var figures = result.Json.EnumerateArray().ToList();
        Assert.Equal(["score-two-cores", "quality"], figures.Select(figure => figure.Text("name")));
        Assert.All(figures, figure => Assert.Equal(["name", "value", "unit", "baseline", "baselineValue", "ratio"], figure.Names().Take(6)));
        Assert.Equal("texts/s", figures[0].Text("unit"));

        // What cannot be measured here is there, with the reason.
        Assert.Equal(JsonValueKind.Null, figures[1].GetProperty("value").ValueKind);
        Assert.Contains("--data", figures[1].Text("note"), StringComparison.Ordinal);
        Assert.Single(result.Lines);
        Assert.Contains("training", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_wrong_name_is_answered_with_the_names_there_are()
    {
        using var folder = new TemporaryFolder();
        var listed = (await DeskProcess.RunAsync(folder.Path, ["bench", "--list"])).Expect(0);
        Assert.True(listed.Lines.Count >= 10);

        var sentence = (await DeskProcess.RunAsync(folder.Path, ["bench", "score", "what"])).ExpectSentence(2);

        Assert.Contains("'what'", sentence, StringComparison.Ordinal);
        Assert.All(listed.Lines, line => Assert.Contains(line.Split(' ')[0], sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Work_in_a_process_of_its_own_tells_its_time_and_memory()
    {
        using var folder = new TemporaryFolder();

        var report = (await DeskProcess.RunAsync(folder.Path, ["bench", "--inside", "fit", "200"])).Expect(0).Json;

        Assert.True(report.GetProperty("Seconds").GetDouble() > 0);
        Assert.True(report.GetProperty("PeakBytes").GetInt64() > 1_000_000);
    }
}
