using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Commands;

public sealed class HelpTests
{
    [Fact]
    public async Task The_program_and_each_command_explain_themselves()
    {
        using var folder = new TemporaryFolder();
        string[][] commands =
        [
            [], ["serve"], ["train"], ["model"], ["model", "list"], ["model", "show"], ["model", "promote"], ["model", "rollback"],
            ["threshold"], ["threshold", "list"], ["threshold", "set"], ["evaluate"], ["score"], ["ingest"], ["export"], ["bench"],
        ];

        foreach (var command in commands)
        {
            var result = (await DeskProcess.RunAsync(folder.Path, [.. command, "--help"])).Expect(0);

            Assert.Contains("Usage:", result.Output, StringComparison.Ordinal);
            Assert.Empty(result.Error);
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("what", "is", "this")]
    [InlineData("--what")]
    [InlineData("serve", "--what")]
    [InlineData("export")]
    [InlineData("export", "--what", "people")]
    [InlineData("export", "--what", "decisions", "--status", "Pending")]
    [InlineData("train", "--input", "a.csv", "--out", "b.model", "--promote")]
    [InlineData("train", "--input", "a.csv", "--recipe", "best")]
    [InlineData("evaluate", "--input", "a.csv", "--explore", "--model", "v1")]
    [InlineData("evaluate", "--input", "a.csv", "--explore", "--report", "a.html")]
    [InlineData("threshold", "set", "1.5")]
    [InlineData("threshold", "set", "NaN")]
    [InlineData("ingest", "--input", "a.csv", "--rate", "0")]
    [InlineData("bench", "what")]
    [InlineData("bench", "--gigabytes", "0")]
    [InlineData("bench", "--data", "absent")]
    [InlineData("user", "list")]
    public async Task Wrong_usage_exits_2_and_leaves_nothing_behind(params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        var result = (await DeskProcess.RunAsync(folder.Path, arguments)).Expect(2);

        Assert.Empty(result.Output);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
