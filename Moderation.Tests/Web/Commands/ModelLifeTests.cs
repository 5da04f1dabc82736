using System.Text.Json;

using Moderation.Tests.Support;
using Moderation.Tests.Web.Api;

namespace Moderation.Tests.Web.Commands;

public sealed class ModelLifeTests
{
    private static readonly string[] _metricNames =
        ["rows", "rocAuc", "prAuc", "logLoss", "brier", "ece", "threshold", "precision", "recall", "f1", "accuracy", "confusion", "intervals"];

    [Fact]
    public async Task A_model_is_trained_measured_promoted_rolled_back_and_used()
    {
        using var desk = new DeskFolder();
        desk.Write("one.csv", LabelledRows.Csv(200, seed: 1));
        desk.Write("two.csv", LabelledRows.Csv(200, seed: 2));

        var first = (await desk.RunAsync("train", "--input", "one.csv", "--promote", "--json")).Json;
        Assert.Equal(["version", "file", "recipe", "trainRows", "testRows", "droppedRows", "seconds", "metrics", "data"], first.Names());
        Assert.Equal("v1", first.Text("version"));
        Assert.True(File.Exists(first.Text("file")));
        Assert.StartsWith(desk.DataPath, first.Text("file"), StringComparison.Ordinal);
        Assert.Equal(200, first.Number("trainRows") + first.Number("testRows") + first.Number("droppedRows"));
        ExpectMetrics(first.GetProperty("metrics"), first.Number("testRows"));

        var second = await desk.RunAsync("train", "--input", "one.csv", "two.csv", "--test", "two.csv");
        Assert.Contains("v2, a candidate", second.Output, StringComparison.Ordinal);
        Assert.Equal([("v2", "candidate"), ("v1", "live")], await ModelsAsync(desk));

        await desk.RunAsync("model", "promote", "v2");
        Assert.Equal([("v2", "live"), ("v1", "retired")], await ModelsAsync(desk));
        await desk.RunAsync("model", "rollback");
        Assert.Equal([("v2", "retired"), ("v1", "live")], await ModelsAsync(desk));
        Assert.Matches("v1 +live .* by command line", (await desk.RunAsync("model", "list")).Output);

        var shown = (await desk.RunAsync("model", "show", "v1", "--json")).Json;
        Assert.Equal(("v1", "live", "command line"), (shown.Text("version"), shown.Text("state"), shown.Text("promotedBy")));
        Assert.Equal(first.Number("trainRows"), shown.GetProperty("card").Number("trainRows"));
        var card = (await desk.RunAsync("model", "show", "v2")).Output;
        Assert.StartsWith("v2, retired", card, StringComparison.Ordinal);
        Assert.Contains("ROC-AUC", card, StringComparison.Ordinal);
        Assert.Contains("v9", (await DeskProcess.RunAsync(desk.Path, ["model", "show", "v9"])).ExpectSentence(1), StringComparison.Ordinal);
        Assert.Contains("v9", (await DeskProcess.RunAsync(desk.Path, ["model", "promote", "v9"])).ExpectSentence(1), StringComparison.Ordinal);
        Assert.Contains("earlier", (await DeskProcess.RunAsync(desk.Path, ["model", "rollback"])).ExpectSentence(1), StringComparison.Ordinal);

        var evaluated = (await desk.RunAsync("evaluate", "--input", "two.csv", "--model", "v1", "--json")).Json;
        ExpectMetrics(evaluated, rows: 200, "calibrationCeiling", "slices", "data");
        Assert.Contains("Model v1", (await desk.RunAsync("evaluate", "--input", "two.csv")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_whose_live_model_is_gone_says_so_and_goes_on_when_another_is_promoted()
    {
        using var folder = new DeskFolder();
        folder.Write("one.csv", LabelledRows.Csv(200, seed: 1));
        await folder.RunAsync("train", "--input", "one.csv", "--promote");
        var second = (await folder.RunAsync("train", "--input", "one.csv", "--promote", "--json")).Json;
        File.Delete(second.Text("file")!);

        await using var desk = DeskProcess.Start(
            folder.Path, ["serve", "--urls", "http://127.0.0.1:0", "--Moderation:Sources:0:Type=api"]);
        await desk.WaitForAddressAsync();
        using (var ready = await desk.Client.GetAsync(new Uri("health/ready", UriKind.Relative), TestContext.Current.CancellationToken))
        {
            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        }

        await Eventually.TrueAsync(() => desk.Error.Contains("v2.model", StringComparison.Ordinal), "the log names the file");
        await desk.Client.RefuseAsync(System.Net.HttpStatusCode.ServiceUnavailable, "", """{"id":"a","body":"hello"}""");
        await folder.RunAsync("model", "rollback");

        await desk.WaitUntilReadyAsync();
        Assert.Equal(1, (await desk.Client.AddAsync("", """{"id":"a","body":"hello"}""")).Number("accepted"));
    }

    [Fact]
    public async Task A_model_file_stands_by_itself_and_paths_belong_to_the_callers_folder()
    {
        using var desk = new DeskFolder();
        desk.Write("one.csv", LabelledRows.Csv(200));
        Directory.CreateDirectory(desk.File("models here"));

        var trained = (await desk.RunAsync("train", "--input", "one.csv", "--out", "models here/mine.model", "--json")).Json;
        Assert.Equal(JsonValueKind.Null, trained.GetProperty("version").ValueKind);
        Assert.Equal(desk.File("models here/mine.model"), trained.Text("file"));
        Assert.False(Directory.Exists(desk.DataPath), "A model that goes to a file sets up no data directory.");

        var evaluated = (await desk.RunAsync("evaluate", "--input", "one.csv", "--model", "models here/mine.model", "--json")).Json;
        ExpectMetrics(evaluated, rows: 200, "calibrationCeiling", "slices", "data");
        var scored = (await DeskProcess.RunAsync(desk.Path, ["score", "--model", "models here/mine.model"], "hello\n")).Expect(0);
        Assert.Equal("mine.model", scored.Json.Text("model"));
        Assert.False(Directory.Exists(desk.DataPath), "Neither does scoring with it.");

        await File.WriteAllBytesAsync(desk.File("broken.model"), [1, 2, 3], TestContext.Current.CancellationToken);
        Assert.Contains("broken.model", (await DeskProcess.RunAsync(desk.Path, ["score", "--model", "broken.model"], "hello\n")).ExpectSentence(1), StringComparison.Ordinal);
        (await DeskProcess.RunAsync(desk.Path, ["score", "--model", "absent.model"], "hello\n")).ExpectSentence(1);
        Assert.False(Directory.Exists(desk.DataPath));
    }

    [Fact]
    public async Task Too_few_rows_are_refused_and_register_nothing()
    {
        using var desk = new DeskFolder();
        desk.Write("few.csv", LabelledRows.Csv(4));

        Assert.Contains("too little", (await DeskProcess.RunAsync(desk.Path, ["train", "--input", "few.csv"])).ExpectSentence(1), StringComparison.Ordinal);

        Assert.False(Directory.Exists(desk.DataPath));
    }

    private static async Task<IEnumerable<(string?, string?)>> ModelsAsync(DeskFolder desk) =>
        (await desk.RunAsync("model", "list", "--json")).Json.EnumerateArray().Select(model => (model.Text("version"), model.Text("state")));

    private static void ExpectMetrics(JsonElement metrics, long rows, params string[] added)
    {
        Assert.Equal(_metricNames.Concat(added).Order(), metrics.Names().Order());
        Assert.Equal(["tp", "fp", "tn", "fn"], metrics.GetProperty("confusion").Names());
        Assert.Equal(rows, metrics.Number("rows"));
        Assert.Equal(rows, metrics.GetProperty("confusion").EnumerateObject().Sum(cell => cell.Value.GetInt64()));
        Assert.InRange(metrics.GetProperty("rocAuc").GetDouble(), 0.99, 1);
    }
}
