using Moderation.Tests.Support;

namespace Moderation.Tests.Web.Commands;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Moderation:Pipeline:Colour", "blue", "Moderation:Pipeline:BatchSize")]
    [InlineData("Moderation:Nonsense", "1", "Moderation:DataDirectory")]
    [InlineData("Moderation:Pipeline:BatchSize", "0", "from 1 to 10,000")]
    [InlineData("Moderation:Pipeline:BatchSize", "many", "a whole number")]
    [InlineData("Moderation:Threshold:Default", "2", "from 0 to 1")]
    [InlineData("Moderation:Sources:0:Type", "carrier-pigeon", "sample, file or api")]
    [InlineData("Moderation:Sources:0:Loop", "perhaps", "true or false")]
    public async Task A_wrong_setting_exits_2_and_names_the_key_the_value_and_what_is_allowed(string key, string value, string allowed)
    {
        using var folder = new TemporaryFolder();

        var sentence = (await DeskProcess.RunAsync(folder.Path, ["serve", "--urls", "http://127.0.0.1:0", $"--{key}={value}"])).ExpectSentence(2);

        Assert.Contains(key, sentence, StringComparison.Ordinal);
        Assert.Contains(allowed, sentence, StringComparison.Ordinal);
        if (!allowed.StartsWith("Moderation:", StringComparison.Ordinal))
        {
            Assert.Contains($"'{value}'", sentence, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Another_way_to_open_addresses_exits_2()
    {
        using var folder = new TemporaryFolder();

        var sentence = (await DeskProcess.RunAsync(
            folder.Path, ["serve"], environment: new Dictionary<string, string> { ["Kestrel__Endpoints__Open__Url"] = "http://0.0.0.0:0" })).ExpectSentence(2);

        Assert.Contains("--urls", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Moderation:Database:Provider", "postgres")]
    [InlineData("Moderation:Broker:Url", "localhost")]
    [InlineData("Moderation:Roles", "web")]
    [InlineData("Moderation:Retention:Days", "30")]
    public async Task A_setting_of_a_later_version_exits_2_and_says_so(string key, string value)
    {
        using var folder = new TemporaryFolder();

        var sentence = (await DeskProcess.RunAsync(folder.Path, ["threshold", "list", $"--{key}={value}"])).ExpectSentence(2);

        Assert.Contains(key, sentence, StringComparison.Ordinal);
        Assert.Contains("yet", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_sets_what_the_command_line_does_not()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["Moderation__Threshold__Default"] = "0.7" };

        var fromEnvironment = await DeskProcess.RunAsync(folder.Path, ["threshold", "list"], environment: environment);
        var fromCommandLine = await DeskProcess.RunAsync(folder.Path, ["threshold", "list", "--Moderation:Threshold:Default", "0.6"], environment: environment);
        var wrong = await DeskProcess.RunAsync(
            folder.Path, ["threshold", "list"], environment: new Dictionary<string, string> { ["Moderation__Pipeline__BatchSize"] = "-4" });

        Assert.Contains("0.7", fromEnvironment.Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("0.6", fromCommandLine.Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("Moderation:Pipeline:BatchSize is '-4'", wrong.ExpectSentence(2), StringComparison.Ordinal);
    }
}
