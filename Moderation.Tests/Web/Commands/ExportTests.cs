using System.Text;

using Moderation.Data.Reading;
using Moderation.Data.Schema;
using Moderation.Data.Writing;
using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Commands;

public sealed class ExportTests
{
    private static readonly string[] _columns =
    [
        "source", "externalId", "community", "threadId", "author", "body", "createdAt", "receivedAt", "status", "probability",
        "flagged", "threshold", "modelVersion", "version",
    ];

    [Fact]
    public async Task Comments_decisions_and_training_rows_come_out_in_both_forms()
    {
        using var desk = new DeskFolder();
        desk.Write("train.csv", LabelledRows.Csv(200));
        await desk.RunAsync("train", "--input", "train.csv", "--promote");
        await desk.RunAsync("threshold", "set", "0");
        const string Body = "=HYPERLINK(\"http://evil.example\"), \"quoted\"\nsecond line 😀";
        desk.Write("in.ndjson", LabelledRows.Ndjson(("a", Body), ("b", "+1"), ("c", "plain"), ("d", "also plain")));
        await desk.RunAsync("ingest", "--input", "in.ndjson", "--source", "forum");
        await DecideAsync(desk);

        var comments = (await desk.RunAsync("export", "--what", "comments")).Documents;
        Assert.All(comments, comment => Assert.Equal(_columns, comment.Names()));
        Assert.Equal([("a", "Removed"), ("b", "Approved"), ("c", "Pending"), ("d", "Pending")], comments.Select(comment => (comment.Text("externalId"), comment.Text("status"))));
        Assert.Equal(Body, comments[0].Text("body"));
        var pending = (await desk.RunAsync("export", "--what", "comments", "--status", "Pending")).Documents;
        Assert.Equal(["c", "d"], pending.Select(comment => comment.Text("externalId")));

        await desk.RunAsync("export", "--what", "comments", "--format", "csv", "--out", "out.csv");
        var rows = ReadCsv(desk.File("out.csv"));
        Assert.Equal(_columns, rows[0]);
        Assert.Equal(5, rows.Count);
        Assert.All(rows, row => Assert.DoesNotContain(row, cell => cell.Length > 0 && "=+@".Contains(cell[0], StringComparison.Ordinal)));
        Assert.EndsWith(Body, rows[1][5], StringComparison.Ordinal);
        Assert.EndsWith("+1", rows[2][5], StringComparison.Ordinal);
        Assert.Equal("plain", rows[3][5]);

        var decisions = (await desk.RunAsync("export", "--what", "decisions")).Documents;
        Assert.Equal([("a", "remove", "spam", "ann"), ("b", "remove", "other", "ann"), ("b", "undo", null, "bob"), ("b", "approve", null, "bob")],
            decisions.Select(row => (row.Text("externalId"), row.Text("action"), row.Text("reason"), row.Text("actor"))));
        Assert.Equal(decisions[1].Number("id"), decisions[2].Number("undoes"));
        var decisionCsv = await desk.RunAsync("export", "--what", "decisions", "--format", "csv");
        Assert.Equal(decisions[0].Names(), decisionCsv.Lines[0].TrimEnd('\r').Split(','));

        var training = (await desk.RunAsync("export", "--what", "training")).Documents;
        Assert.Equal([("a", 1L), ("b", 0L)], training.Select(row => (row.Text("externalId"), row.Number("removed"))).Order());
        Assert.Equal(Body, Assert.Single(training, row => row.Text("externalId") == "a").Text("body"));
        Assert.Equal(["source", "externalId", "community", "body", "removed"], training[0].Names());
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_one_sentence_and_leaves_nothing()
    {
        using var desk = new DeskFolder();
        await desk.RunAsync("threshold", "set", "0.4");

        (await DeskProcess.RunAsync(desk.Path, ["export", "--what", "comments", "--out", "no/such/folder.csv"])).ExpectSentence(1);
        Directory.CreateDirectory(desk.File("taken"));
        (await DeskProcess.RunAsync(desk.Path, ["export", "--what", "comments", "--out", "taken"])).ExpectSentence(1);

        Assert.Equal(["data", "taken"], Directory.GetFileSystemEntries(desk.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_link_stays_a_link_and_a_device_a_device()
    {
        using var desk = new DeskFolder();
        desk.Write("train.csv", LabelledRows.Csv(200));
        await desk.RunAsync("train", "--input", "train.csv", "--promote");
        desk.Write("in.ndjson", LabelledRows.Ndjson(("a", "a comment")));
        await desk.RunAsync("ingest", "--input", "in.ndjson");
        desk.Write("target", "older and longer than what comes now" + new string('.', 2_000));
        File.CreateSymbolicLink(desk.File("link"), desk.File("target"));
        File.CreateSymbolicLink(desk.File("full"), "/dev/full");

        await desk.RunAsync("export", "--what", "comments", "--out", "link");
        (await DeskProcess.RunAsync(desk.Path, ["export", "--what", "comments", "--out", "full"])).ExpectSentence(1);

        Assert.Single(await File.ReadAllLinesAsync(desk.File("target"), TestContext.Current.CancellationToken));
        Assert.All(["link", "full"], name => Assert.NotNull(new FileInfo(desk.File(name)).LinkTarget));
    }

    private static async Task DecideAsync(DeskFolder folder)
    {
        await using var desk = await TestDesk.CreateAsync(folder.DataPath);
        await DecideOneAsync(desk, "a", DecisionAction.Remove, "ann", "spam");
        await DecideOneAsync(desk, "b", DecisionAction.Remove, "ann", "other");
        await DecideOneAsync(desk, "b", DecisionAction.Undo, "bob", null);
        await DecideOneAsync(desk, "b", DecisionAction.Approve, "bob", null);
    }

    private static async Task DecideOneAsync(TestDesk desk, string externalId, DecisionAction action, string actor, string? reason)
    {
        var comment = await desk.Get<HistoryReader>().FindAsync("forum", externalId, TestContext.Current.CancellationToken);
        var outcome = await desk.Get<DecisionWriter>().DecideAsync(
            new DecisionRequest(comment!.Id, action, comment.Version, actor, reason), TestContext.Current.CancellationToken);
        Assert.Equal(DecisionResult.Done, outcome.Result);
    }

    /// <summary>A reader of RFC 4180 apart from the one that the program uses.</summary>
    private static List<string[]> ReadCsv(string path)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var text = File.ReadAllText(path);
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when quoted && i + 1 < text.Length && text[i + 1] == '"':
                    cell.Append(text[i++]);
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    row.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\n' when !quoted:
                    row.Add(cell.ToString().TrimEnd('\r'));
                    cell.Clear();
                    rows.Add([.. row]);
                    row.Clear();
                    break;
                default:
                    cell.Append(text[i]);
                    break;
            }
        }

        return rows;
    }
}
