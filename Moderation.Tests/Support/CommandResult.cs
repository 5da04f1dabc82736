using System.Text.Json;

namespace Moderation.Tests.Support;

/// <summary>How a command of the built program ended and what it said.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Lines of standard output, without the last, empty one.</summary>
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The last line of standard output, as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Lines[^1]);

    /// <summary>Every line of standard output, as JSON.</summary>
    public IReadOnlyList<JsonElement> Documents => [.. Lines.Select(line => JsonElement.Parse(line))];

    /// <summary>Fails with what the command said unless it ended with this code.</summary>
    public CommandResult Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"Exit code {ExitCode} instead of {exitCode}.\nstdout: {Output}\nstderr: {Error}");
        return this;
    }

    /// <summary>Fails unless the command failed with one sentence on standard error, and nothing on standard output.</summary>
    public string ExpectSentence(int exitCode)
    {
        Expect(exitCode);
        Assert.Empty(Output);
        var line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Assert.EndsWith(".", line, StringComparison.Ordinal);
        return line;
    }
}
