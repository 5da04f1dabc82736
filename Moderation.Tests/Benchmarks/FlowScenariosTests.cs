using System.Text.Json;
using System.Xml.Linq;

using Moderation.Tests.Support;

namespace Moderation.Tests.Benchmarks;

public sealed class FlowScenariosTests
{
    private static readonly Dictionary<string, string> _withoutRealComments = new() { ["MODERATION_SHARED_DATA"] = "" };

    [Fact]
    public async Task Ingest_tells_its_rate_beside_bare_inserts_and_the_bytes_of_each_table()
    {
        using var folder = new TemporaryFolder();

        var figures = await RunAsync(folder, "ingest", "--rows", "2000");

        Assert.Equal(["ingest", "ingest.whole", "ingest.processor", "ingest.memory", "ingest.bytes"], figures.Keys.Take(5));
        Assert.All(figures.Values, figure => Assert.True(Value(figure) > 0));
        Assert.Equal("comments/s", figures["ingest"].Text("unit"));
        Assert.True(figures["ingest"].GetProperty("baselineValue").GetDouble() > 0);
        Assert.Matches("2,000 comments, 1[0-9] % flagged", figures["ingest"].Text("note"));
        var parts = figures.Where(figure => figure.Key.StartsWith("ingest.bytes.", StringComparison.Ordinal)).ToList();
        Assert.Contains(parts, part => part.Key == "ingest.bytes.Comments");
        Assert.Contains(parts, part => part.Key == "ingest.bytes.IX_Comments_Identity");
        Assert.InRange(parts.Sum(part => Value(part.Value)), 0.95 * Value(figures["ingest.bytes"]), 1.0001 * Value(figures["ingest.bytes"]));
    }

    [Fact]
    public async Task Soak_finds_everything_that_it_sent()
    {
        using var folder = new TemporaryFolder();

        var figures = await RunAsync(folder, "soak", "--minutes", "0.05");

        Assert.Equal(["soak", "soak.p99", "soak.memory", "soak.memory-growth", "soak.lost"], figures.Keys);
        Assert.Equal(0, Value(figures["soak.lost"]));
        Assert.Matches("sent 6,0[0-9][0-9], stored 6,0[0-9][0-9]", figures["soak.lost"].Text("note"));
        Assert.DoesNotContain("and 0 posted", figures["soak"].Text("note"), StringComparison.Ordinal);
        Assert.True(Value(figures["soak.memory"]) > 0);
    }

    [Fact]
    public async Task Growth_measures_both_kinds_of_ids_and_draws_them()
    {
        using var folder = new TemporaryFolder();
        var plot = folder.File("growth.svg");

        var figures = await RunAsync(folder, "growth", "--rows", "1000", "--plot", plot);

        Assert.Equal(["growth", "growth.random"], figures.Keys);
        Assert.All(figures.Values, figure => Assert.True(Value(figure) > 0));
        Assert.Contains("behind 1,000 comments", figures["growth"].Text("note"), StringComparison.Ordinal);
        Assert.Equal(2, XElement.Load(plot).Elements().Count(element => element.Name.LocalName == "circle"));
    }

    [Theory]
    [InlineData("--rows", "999")]
    [InlineData("--minutes", "0")]
    public async Task A_size_that_does_not_fit_is_answered_with_what_does(string option, string value)
    {
        using var folder = new TemporaryFolder();

        var result = (await DeskProcess.RunAsync(folder.Path, ["bench", "growth", option, value])).Expect(2);

        Assert.Contains($"{option} takes a number from", result.Error, StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, JsonElement>> RunAsync(TemporaryFolder folder, params string[] words)
    {
        var result = (await DeskProcess.RunAsync(folder.Path, ["bench", .. words, "--json"], environment: _withoutRealComments)).Expect(0);
        return result.Json.EnumerateArray().ToDictionary(figure => figure.Text("name")!);
    }

    private static double Value(JsonElement figure) => figure.GetProperty("value").GetDouble();
}
