using Moderation.Tests.Support;
using Moderation.Web.Commands;

namespace Moderation.Tests.Web.Commands;

public sealed class DeadLetterCommandTests
{
    private const string Mixed = """
        {"id":"a","body":"one"}
        broken
        {"id":"b","body":"two","createdAt":"someday"}
        {"id":"c"}

        """;

    [Fact]
    public async Task They_are_listed_tried_again_and_let_go_alone_and_beside_a_server()
    {
        using var desk = new DeskFolder();
        desk.Write("train.csv", LabelledRows.Csv(200));
        await desk.RunAsync("train", "--input", "train.csv", "--promote");
        desk.Write("mixed.ndjson", Mixed);
        await desk.RunAsync("ingest", "--input", "mixed.ndjson");

        var listed = (await desk.RunAsync("deadletter", "list", "--json")).Json.EnumerateArray().ToList();
        Assert.Equal(3, listed.Count);
        Assert.Equal(["id", "source", "place", "reason", "at", "attempts"], listed[0].Names());
        Assert.All(listed, letter => Assert.Equal(("mixed.ndjson", 0), (letter.Text("source"), letter.Number("attempts"))));
        Assert.Empty((await desk.RunAsync("deadletter", "list", "--source", "other", "--json")).Json.EnumerateArray());
        Assert.Contains("line 2", (await desk.RunAsync("deadletter", "list")).Output, StringComparison.Ordinal);

        var again = await DeskProcess.RunAsync(desk.Path, ["deadletter", "replay", "--all"]);
        Assert.Contains("3 dead letters failed again", again.Expect(1).Error, StringComparison.Ordinal);

        await using (var server = await DeskProcess.ServeAsync(desk.Path, ["--Moderation:Sources:0:Type=api"]))
        {
            var beside = await DeskProcess.RunAsync(desk.Path, ["deadletter", "replay", "--all", "--source", "mixed.ndjson"]);
            Assert.Contains("3 dead letters failed again", beside.Expect(1).Error, StringComparison.Ordinal);
            Assert.Contains("1 discarded.", (await desk.RunAsync("deadletter", "discard", "1")).Output, StringComparison.Ordinal);
            (await DeskProcess.RunAsync(desk.Path, ["deadletter", "replay", "1"])).ExpectSentence(1);
            (await server.StopAsync()).Expect(0);
        }

        var left = (await desk.RunAsync("deadletter", "list", "--json")).Json.EnumerateArray().ToList();
        Assert.Equal([2L, 2], left.Select(letter => (long)letter.Number("attempts")));
        await desk.RunAsync("deadletter", "discard", "2", "3");
        Assert.Contains("No dead letter waits.", (await desk.RunAsync("deadletter", "list")).Output, StringComparison.Ordinal);
        Assert.Single(await desk.CommentsAsync());
    }

    [Theory]
    [InlineData("a\u202Eb", "a\uFFFDb")]
    [InlineData("a\u200Bb\u001B[2J", "a\uFFFDb\uFFFD[2J")]
    [InlineData("caf\u00E9 \U0001F600", "caf\u00E9 \U0001F600")]
    public void What_turns_or_hides_writing_is_replaced_on_a_terminal(string text, string printed) =>
        Assert.Equal(printed, DeadLetterCommand.Printable(text));

    [Theory]
    [InlineData("replay")]
    [InlineData("replay", "1", "--all")]
    [InlineData("replay", "1", "--source", "a")]
    [InlineData("replay", "one")]
    [InlineData("discard", "-1")]
    public async Task Wrong_usage_is_one_sentence(params string[] arguments)
    {
        using var desk = new DeskFolder();

        (await DeskProcess.RunAsync(desk.Path, ["deadletter", .. arguments])).ExpectSentence(2);
    }
}
