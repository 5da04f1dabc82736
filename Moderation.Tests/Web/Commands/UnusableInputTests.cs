using System.Text;

using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Commands;

public sealed class UnusableInputTests
{
    private static readonly string[][] _readers =
    [
        ["train", "--input"], ["evaluate", "--input"], ["score", "--input"], ["ingest", "--input"],
    ];

    [Fact]
    public async Task A_file_that_cannot_be_read_is_one_sentence_and_exit_code_1()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("a-folder.csv"));
        folder.Write("wide.csv", new UnicodeEncoding(bigEndian: false, byteOrderMark: false).GetBytes("text,label\nhello,1\n"));
        foreach (var reader in _readers)
        {
            foreach (var name in new[] { "missing.csv", "a-folder.csv", "wide.csv" })
            {
                // `score` and `evaluate` would otherwise train a model first; a file they cannot read comes before that.
                var result = await DeskProcess.RunAsync(folder.Path, [.. reader, name]);
                if (reader[0] == "score" && name == "wide.csv")
                {
                    result.Expect(1);
                    Assert.Contains(name, result.Error, StringComparison.Ordinal);
                    Directory.Delete(folder.File("data"), recursive: true);
                    continue;
                }

                Assert.Contains(name, result.ExpectSentence(1), StringComparison.Ordinal);
                Assert.False(Directory.Exists(folder.File("data")), $"{reader[0]} {name} set up a data directory.");
            }
        }
    }

    [Fact]
    public async Task A_column_that_is_not_there_is_named_with_those_that_are()
    {
        using var folder = new TemporaryFolder();
        folder.Write("good.csv", LabelledRows.Csv(4));
        folder.Write("unlabelled.csv", "id,text\n1,hello\n");
        string[][] commands =
        [
            ["train", "--input", "good.csv", "--text-column", "nope"],
            ["train", "--input", "good.csv", "--label-column", "nope"],
            ["train", "--input", "unlabelled.csv"],
            ["evaluate", "--input", "unlabelled.csv"],
            ["ingest", "--input", "good.csv", "--text-column", "nope"],
        ];

        foreach (var command in commands)
        {
            var sentence = (await DeskProcess.RunAsync(folder.Path, command)).ExpectSentence(1);

            Assert.Contains("text", sentence, StringComparison.Ordinal);
        }

        Assert.Equal(["good.csv", "unlabelled.csv"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_data_directory_under_a_file_is_one_sentence_and_exit_code_1()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "");
        folder.Write("good.csv", LabelledRows.Csv(60));
        string[][] commands =
        [
            ["serve", "--urls", "http://127.0.0.1:0"], ["threshold", "set", "0.5"], ["ingest", "--input", "good.csv"],
            ["train", "--input", "good.csv"], ["model", "promote", "v1"],
        ];

        foreach (var command in commands)
        {
            var sentence = (await DeskProcess.RunAsync(folder.Path, [.. command, "--Moderation:DataDirectory=file/data"])).ExpectSentence(1);

            Assert.Contains(folder.File("file/data"), sentence, StringComparison.Ordinal);
        }

        Assert.Equal("", await File.ReadAllTextAsync(folder.File("file"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_database_that_is_none_is_one_sentence_and_exit_code_1()
    {
        using var desk = new DeskFolder();
        Directory.CreateDirectory(desk.DataPath);
        desk.Write("data/moderation.db", new string('x', 8_192));
        desk.Write("in.txt", "a line\n");
        string[][] commands = [["model", "list"], ["threshold", "list"], ["export", "--what", "comments"], ["score", "--input", "in.txt"]];

        foreach (var command in commands)
        {
            Assert.Contains("database", (await DeskProcess.RunAsync(desk.Path, command)).ExpectSentence(1), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Reading_a_desk_that_never_was_creates_nothing()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal("[]", Assert.Single((await DeskProcess.RunAsync(folder.Path, ["model", "list", "--json"])).Expect(0).Lines));
        Assert.Equal("[]", Assert.Single((await DeskProcess.RunAsync(folder.Path, ["threshold", "list", "--json"])).Expect(0).Lines));
        (await DeskProcess.RunAsync(folder.Path, ["export", "--what", "comments"])).ExpectSentence(1);

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
