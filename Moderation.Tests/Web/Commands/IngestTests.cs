using System.Globalization;

using Microsoft.Data.Sqlite;

using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Commands;

public sealed class IngestTests
{
    [Fact]
    public async Task Asked_to_stop_it_gives_up_waiting_for_a_locked_database()
    {
        using var desk = new DeskFolder();
        desk.Write("train.csv", LabelledRows.Csv(200));
        await desk.RunAsync("train", "--input", "train.csv", "--promote");
        desk.Write("comments.csv", LabelledRows.Csv(700));
        await using var holder = new SqliteConnection($"Data Source={desk.DataPath}/moderation.db;Pooling=False");
        await using var ingest = DeskProcess.Start(desk.Path, ["ingest", "--input", "comments.csv", "--rate", "20"]);
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Run(holder, "SELECT COUNT(*) FROM Comments") > 0, "comments are committed");
        Run(holder, "BEGIN IMMEDIATE");
        await Eventually.TrueAsync(() => ingest.Error.Contains("locked", StringComparison.Ordinal), "the command waits for the lock");

        ingest.SendSignal(DeskProcess.Signal.Terminate);

        (await ingest.WaitForExitAsync(TimeSpan.FromSeconds(15))).Expect(1);
    }

    [Fact]
    public async Task A_file_goes_in_once_however_often_it_is_ingested()
    {
        using var desk = new DeskFolder();
        desk.Write("train.csv", LabelledRows.Csv(200));
        await desk.RunAsync("train", "--input", "train.csv", "--promote");
        desk.Write("comments.csv", LabelledRows.Csv(700, seed: 5));

        var first = (await desk.RunAsync("ingest", "--input", "comments.csv")).Json;
        Assert.Equal(["read", "committed", "duplicates", "flagged", "late", "deadLettered", "seconds", "perSecond"], first.Names());
        Assert.Equal((700, 700, 0, 0), (first.Number("read"), first.Number("committed"), first.Number("duplicates"), first.Number("deadLettered")));
        Assert.Equal(350, first.Number("flagged"));

        var again = (await desk.RunAsync("ingest", "--input", "comments.csv", "--rate", "max")).Json;
        Assert.Equal((0, 0), (again.Number("read"), again.Number("committed")));

        // Under another name they are other comments; the same ids under it are known.
        var named = (await desk.RunAsync("ingest", "--input", "comments.csv", "--source", "forum")).Json;
        Assert.Equal(700, named.Number("committed"));
        desk.Write("copy.csv", LabelledRows.Csv(701, seed: 5));
        File.Delete(desk.File("comments.csv"));
        File.Move(desk.File("copy.csv"), desk.File("comments.csv"));
        var grown = (await desk.RunAsync("ingest", "--input", "comments.csv", "--source", "forum")).Json;
        Assert.Equal((1, 1), (grown.Number("read"), grown.Number("committed")));

        var comments = await desk.CommentsAsync();
        Assert.Equal(700, comments.Count(comment => comment.Text("source") == "comments.csv"));
        Assert.Equal(701, comments.Count(comment => comment.Text("source") == "forum"));
        Assert.Equal(1_401, comments.DistinctBy(comment => (comment.Text("source"), comment.Text("externalId"))).Count());
        Assert.All(comments, comment => Assert.Equal(comment.GetProperty("flagged").GetBoolean() ? "Pending" : "Unflagged", comment.Text("status")));
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_counted_and_the_others_go_in()
    {
        using var desk = new DeskFolder();
        desk.Write("train.csv", LabelledRows.Csv(200));
        await desk.RunAsync("train", "--input", "train.csv", "--promote");
        desk.Write(
            "mixed.ndjson",
            """{"id":"a","body":"one","createdAt":"2026-01-01T00:00:00Z"}""" + "\nbroken\n" + """{"id":"b","body":"two","createdAt":"someday"}"""
            + "\n" + """{"id":"c"}""" + "\n" + """{"body":"without an id"}""" + "\n");

        var result = await desk.RunAsync("ingest", "--input", "mixed.ndjson");

        Assert.Equal((5, 2, 3), (result.Json.Number("read"), result.Json.Number("committed"), result.Json.Number("deadLettered")));
        var comments = await desk.CommentsAsync();
        Assert.Equal(["a", "5"], comments.Select(comment => comment.Text("externalId")));
        Assert.All(comments, comment => Assert.Equal("default", comment.Text("community")));
        Assert.Equal("2026-01-01T00:00:00+00:00", comments[0].Text("createdAt"));
        Assert.Equal(comments[1].Text("receivedAt"), comments[1].Text("createdAt"));
    }

    [Fact]
    public async Task An_ingest_that_was_killed_goes_on_where_it_stopped_with_each_row_once()
    {
        const int Rows = 400;
        using var desk = new DeskFolder();
        desk.Write("train.csv", LabelledRows.Csv(200));
        await desk.RunAsync("train", "--input", "train.csv", "--promote");
        desk.Write("comments.csv", LabelledRows.Csv(Rows, seed: 6));

        int kept;
        await using (var killed = DeskProcess.Start(desk.Path, ["ingest", "--input", "comments.csv", "--rate", "50"]))
        {
            await using var reader = await TestDesk.CreateAsync(desk.DataPath, initialize: false);
            await Eventually.TrueAsync(async () => await CountAsync(reader) >= 20, "some rows are committed");
            killed.SendSignal(DeskProcess.Signal.Kill);
            await killed.WaitForExitAsync();
            kept = await CountAsync(reader);
        }

        Assert.InRange(kept, 20, Rows - 1);
        var rest = (await desk.RunAsync("ingest", "--input", "comments.csv")).Json;
        Assert.Equal(Rows - kept, rest.Number("read"));
        Assert.Equal(Rows - kept, rest.Number("committed"));
        var comments = await desk.CommentsAsync();
        Assert.Equal(
            Enumerable.Range(1, Rows).Select(row => string.Create(CultureInfo.InvariantCulture, $"r6-{row}")),
            comments.Select(comment => comment.Text("externalId")));
    }

    [Fact]
    public async Task The_talks_own_data_goes_through_end_to_end()
    {
        var data = RealData.Find("rscience/train.csv");
        Assert.SkipUnless(data is not null, "The r/science data is not on this machine.");
        using var desk = new DeskFolder();

        var trained = (await desk.RunAsync("train", "--input", Path.Combine(data, "rscience/train.csv"), "--promote", "--json")).Json;
        Assert.InRange(trained.GetProperty("metrics").GetProperty("rocAuc").GetDouble(), 0.7, 0.99);
        var dev = Path.Combine(data, "rscience/dev.csv");
        var ingested = (await desk.RunAsync("ingest", "--input", dev)).Json;
        Assert.Equal((1_070, 1_070, 0), (ingested.Number("read"), ingested.Number("committed"), ingested.Number("deadLettered")));
        Assert.Equal(0, (await desk.RunAsync("ingest", "--input", dev)).Json.Number("committed"));

        var comments = await desk.CommentsAsync();
        Assert.Equal(1_070, comments.Count);
        Assert.Equal(ingested.Number("flagged"), comments.Count(comment => comment.Text("status") == "Pending"));
        Assert.InRange(ingested.Number("flagged"), 50, 600);
        Assert.Equal(1_070, (await desk.RunAsync("evaluate", "--input", dev, "--json")).Json.Number("rows"));
        Assert.DoesNotContain(comments, comment => comment.Text("body")!.Contains('\uFFFD', StringComparison.Ordinal));
    }

    private static async Task<int> CountAsync(TestDesk desk)
    {
        var count = 0;
        await foreach (var page in desk.Get<Moderation.Data.Reading.HistoryReader>().ExportAsync(null, 1_000, TestContext.Current.CancellationToken))
        {
            count += page.Count;
        }

        return count;
    }

    private static long Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as long? ?? 0;
    }
}
