using System.Text;
using System.Xml.Linq;

using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Commands;

public sealed class EvaluateTests
{
    [Fact]
    public async Task The_report_is_a_page_beside_the_figures()
    {
        using var desk = new DeskFolder();
        desk.Write("one.csv", LabelledRows.Csv(120));
        desk.Write("hostile.csv", Hostile());
        var trained = await desk.RunAsync("train", "--input", "one.csv", "--out", "mine.model");
        Assert.StartsWith("Data: 120 rows, 60 removed (50.0%), 60 kept.", trained.Output, StringComparison.Ordinal);
        Assert.True(trained.Output.IndexOf("Data:", StringComparison.Ordinal) < trained.Output.IndexOf("Trained on", StringComparison.Ordinal));

        var evaluated = await desk.RunAsync("evaluate", "--input", "hostile.csv", "--model", "mine.model", "--report", "page.html", "--json");

        var html = await File.ReadAllTextAsync(desk.File("page.html"), TestContext.Current.CancellationToken);
        var page = XElement.Parse(html[html.IndexOf("<html", StringComparison.Ordinal)..]);
        Assert.Equal("mine.model on hostile.csv", page.Descendants("h1").Single().Value);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.Equal(["hostile.csv", "mine.model", "one.csv", "page.html"], Directory.GetFileSystemEntries(desk.Path).Select(Path.GetFileName).Order());

        var slices = evaluated.Json.GetProperty("slices").EnumerateArray().Where(slice => slice.Text("by") == "community").ToList();
        Assert.Equal(["<script>alert(1)</script>", "b"], slices.Select(slice => slice.Text("name")));
        Assert.Equal(40, evaluated.Json.GetProperty("rows").GetInt32());
        Assert.Equal(40, evaluated.Json.GetProperty("data").GetProperty("rows").GetInt32());
        Assert.Superset(
            new HashSet<string> { "rocAuc", "prAuc", "logLoss", "brier", "ece", "recall", "f1", "accuracy", "tp", "fp", "tn", "fn" },
            evaluated.Json.GetProperty("intervals").EnumerateObject().Select(interval => interval.Name).ToHashSet());
    }

    [Fact]
    public async Task The_text_fits_a_terminal_and_tells_chance_from_error()
    {
        using var desk = new DeskFolder();
        desk.Write("one.csv", LabelledRows.Csv(120));
        await desk.RunAsync("train", "--input", "one.csv", "--out", "mine.model");

        var result = await desk.RunAsync("evaluate", "--input", "one.csv", "--model", "mine.model");

        Assert.Contains("perfectly calibrated model would show up to", result.Output, StringComparison.Ordinal);
        Assert.InRange(result.Lines.TakeWhile(line => !line.StartsWith("Model ", StringComparison.Ordinal)).Count(), 12, 25);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_one_sentence_and_leaves_nothing_behind()
    {
        using var desk = new DeskFolder();
        desk.Write("one.csv", LabelledRows.Csv(120));
        await desk.RunAsync("train", "--input", "one.csv", "--out", "mine.model");
        Directory.CreateDirectory(desk.File("folder"));

        foreach (var path in new[] { "absent/page.html", "folder", "one.csv/page.html" })
        {
            var failed = await DeskProcess.RunAsync(desk.Path, ["evaluate", "--input", "one.csv", "--model", "mine.model", "--report", path]);

            Assert.Contains(path, failed.ExpectSentence(1), StringComparison.Ordinal);
        }

        Assert.Equal(["folder", "mine.model", "one.csv"], Directory.GetFileSystemEntries(desk.Path).Select(Path.GetFileName).Order());
        Assert.Empty(Directory.GetFileSystemEntries(desk.File("folder")));
    }

    [Fact]
    public async Task Exploring_needs_no_model_and_sets_up_none()
    {
        using var desk = new DeskFolder();
        desk.Write("one.csv", LabelledRows.Csv(120));

        var text = await desk.RunAsync("evaluate", "--input", "one.csv", "--explore");
        var json = (await desk.RunAsync("evaluate", "--input", "one.csv", "--explore", "--json")).Json;

        Assert.StartsWith("Data: 120 rows", text.Output, StringComparison.Ordinal);
        Assert.Contains("idiot", text.Output, StringComparison.Ordinal);
        Assert.Equal(["rows", "data"], json.Names());
        Assert.Equal(
            ["rows", "removed", "kept", "removedShare", "emptyRows", "lengths", "duplicates", "notices", "terms"],
            json.GetProperty("data").Names());
        Assert.Equal(["one.csv"], Directory.GetFileSystemEntries(desk.Path).Select(Path.GetFileName));
    }

    private static string Hostile()
    {
        var csv = new StringBuilder("text,label,community\n");
        for (var row = 0; row < 40; row++)
        {
            var (community, removed) = row % 2 == 0 ? ("<script>alert(1)</script>", 1) : ("b", row % 3 == 0 ? 1 : 0);
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"<script>word{row % 2}</script> {row},{removed},{community}\n");
        }

        return csv.ToString();
    }
}
