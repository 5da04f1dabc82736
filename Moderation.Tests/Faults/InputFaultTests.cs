using Microsoft.Data.Sqlite;

using Moderation.Tests.Support;
using Moderation.Tests.Web.Api;

namespace Moderation.Tests.Faults;

/// <summary>What can be wrong with what comes in.</summary>
public sealed class InputFaultTests
{
    /// <summary>Refuses one text, as a broken constraint or an extension gone wrong would.</summary>
    private const string Trap =
        """
        CREATE TRIGGER Trap BEFORE INSERT ON CommentTexts WHEN NEW.Body LIKE '%poison%'
        BEGIN SELECT RAISE(ABORT, 'it is poison'); END
        """;

    [Fact]
    public async Task A_poison_comment_becomes_a_dead_letter_and_the_others_come_past_it()
    {
        using var folder = new DeskFolder();
        await FaultDesk.PrepareAsync(folder.DataPath);
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder.DataPath, "moderation.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = Trap;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var file = folder.Write("comments.ndjson", LabelledRows.Ndjson(("a", "one"), ("b", "some poison"), ("c", "three")));
        await using var desk = await DeskProcess.ServeAsync(
            folder.Path, ["--Moderation:Sources:0:Type=file", $"--Moderation:Sources:0:Path={file}", "--Moderation:Sources:1:Type=api"]);
        var answer = await desk.Client.AddAsync("?source=http", """[{"id":"d","body":"four"},{"id":"e","body":"more poison"},{"id":"f","body":"six"}]""");
        await Eventually.TrueAsync(async () => (await desk.Client.GetJsonAsync("api/v1/stats")).Number("committed") == 4, "the others are committed");

        Assert.Equal(2, answer.Number("accepted"));
        Assert.Equal(["d", "f"], answer.GetProperty("items").EnumerateArray().Select(item => item.Text("externalId")));
        var rejected = Assert.Single(answer.GetProperty("rejected").EnumerateArray());
        Assert.Equal(1, rejected.Number("index"));
        Assert.Contains("it is poison", rejected.Text("reason"), StringComparison.Ordinal);
        await desk.IsWellAsync();
        Assert.Equal(["a", "c", "d", "f"], (await desk.StopAndReadAsync(folder.DataPath)).Order());
        Assert.Collection(
            await FaultDesk.ReadAsync(folder.DataPath, context => context.DeadLetters.OrderBy(letter => letter.Place).Select(letter => letter.Original).ToList()),
            original => Assert.Contains("some poison", original, StringComparison.Ordinal),
            original => Assert.Contains("more poison", original, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_source_whose_file_is_missing_says_so_and_goes_on_by_itself_when_it_is_there()
    {
        using var folder = new DeskFolder();
        await FaultDesk.PrepareAsync(folder.DataPath);
        var file = folder.File("comments.ndjson");
        await using var desk = await DeskProcess.ServeAsync(
            folder.Path, ["--Moderation:Sources:0:Type=file", $"--Moderation:Sources:0:Path={file}"]);
        await Eventually.TrueAsync(
            async () => (await desk.Client.GetJsonAsync("api/v1/stats")).GetProperty("sources").EnumerateArray()
                .Any(source => source.Text("problem")?.Contains(file, StringComparison.Ordinal) == true),
            "the source names its file");

        File.WriteAllText(folder.File("new"), LabelledRows.Ndjson(("a", "one"), ("b", "two")));
        File.Move(folder.File("new"), file);
        await Eventually.TrueAsync(async () => (await desk.Client.GetJsonAsync("api/v1/stats")).Number("committed") == 2, "the file is read");

        Assert.Equal(["a", "b"], await desk.StopAndReadAsync(folder.DataPath));
    }
}
