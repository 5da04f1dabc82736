using System.Text.Json;

using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Commands;

public sealed class ScoreTests
{
    [Fact]
    public async Task Lines_come_out_in_the_order_they_went_in()
    {
        using var desk = new DeskFolder();
        desk.Write("train.csv", LabelledRows.Csv(200));
        await desk.RunAsync("train", "--input", "train.csv", "--promote");
        var comments = Enumerable.Range(0, 3_000).Select(i => ($"c{i}", i % 2 == 0 ? "thanks, interesting paper" : "shut up you stupid moron clown")).ToArray();

        var fromInput = (await DeskProcess.RunAsync(desk.Path, ["score"], LabelledRows.Ndjson(comments))).Expect(0).Documents;
        Assert.Equal(comments.Select(comment => comment.Item1), fromInput.Select(line => line.Text("id")));
        Assert.All(fromInput, line => Assert.Equal(["id", "probability", "flagged", "model"], line.Names()));
        Assert.All(fromInput, line => Assert.Equal("v1", line.Text("model")));
        Assert.Equal(comments.Select(comment => comment.Item2.StartsWith("shut", StringComparison.Ordinal)), fromInput.Select(line => line.GetProperty("flagged").GetBoolean()));

        // Plain lines have their number as id, and the same texts the same scores.
        var text = (await DeskProcess.RunAsync(desk.Path, ["score"], "thanks, interesting paper\nshut up you stupid moron clown\n")).Expect(0).Documents;
        Assert.Equal(["1", "2"], text.Select(line => line.Text("id")));
        Assert.Equal(fromInput.Take(2).Select(Probability), text.Select(Probability));

        // A probability that equals the threshold is not over it.
        await desk.RunAsync("threshold", "set", "1");
        Assert.All(
            (await DeskProcess.RunAsync(desk.Path, ["score"], "shut up you stupid moron clown\n")).Expect(0).Documents,
            line => Assert.False(line.GetProperty("flagged").GetBoolean()));
    }

    [Fact]
    public async Task A_broken_line_is_reported_the_others_are_scored_and_the_exit_code_is_1()
    {
        using var desk = new DeskFolder();
        desk.Write("train.csv", LabelledRows.Csv(200));
        await desk.RunAsync("train", "--input", "train.csv", "--out", "m.model");
        desk.Write("in.ndjson", """{"id":"a","body":"one"}""" + "\nbroken\n" + """{"id":"b","body":"two"}""" + "\n" + """{"id":"c"}""" + "\n");

        var result = (await DeskProcess.RunAsync(desk.Path, ["score", "--input", "in.ndjson", "--model", "m.model"])).Expect(1);

        Assert.Equal(["a", "b"], result.Documents.Select(line => line.Text("id")));
        Assert.Contains("line 2: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("line 4: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("2 rows could not be read", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a text", "another text")]
    [InlineData("{\"body\":\"a text\"}", "{\"body\":\"another text\"}")]
    public async Task A_pipe_that_pauses_gets_its_answers_and_one_that_is_silent_can_be_stopped(string first, string second)
    {
        using var desk = new DeskFolder();
        desk.Write("train.csv", LabelledRows.Csv(200));
        await desk.RunAsync("train", "--input", "train.csv", "--out", "m.model");
        await using var score = DeskProcess.Start(desk.Path, ["score", "--model", "m.model"]);

        await score.TellAsync(first + "\n");
        await Eventually.TrueAsync(() => score.Output.Contains("\"1\"", StringComparison.Ordinal), "the first line is answered");
        await score.TellAsync(second + "\n");
        await Eventually.TrueAsync(() => score.Output.Contains("\"2\"", StringComparison.Ordinal), "the second line is answered");
        score.SendSignal(DeskProcess.Signal.Terminate);

        var result = (await score.WaitForExitAsync(TimeSpan.FromSeconds(10))).Expect(1);
        Assert.Equal(["1", "2"], result.Documents.Select(line => line.Text("id")));
    }

    [Fact]
    public async Task Long_rows_do_not_add_up_in_memory()
    {
        const int Rows = 100;
        using var desk = new DeskFolder();
        desk.Write("train.csv", LabelledRows.Csv(200));
        await desk.RunAsync("train", "--input", "train.csv", "--out", "m.model");
        await using (var file = File.CreateText(desk.File("long.txt")))
        {
            for (var i = 0; i < Rows; i++)
            {
                await file.WriteLineAsync(new string('x', 1_000_000));
            }
        }

        var result = await DeskProcess.RunAsync(
            desk.Path, ["score", "--input", "long.txt", "--model", "m.model"],
            environment: new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x8000000" });

        Assert.Equal(Rows, result.Expect(0).Lines.Count);
    }

    private static double Probability(JsonElement line) => line.GetProperty("probability").GetDouble();
}
