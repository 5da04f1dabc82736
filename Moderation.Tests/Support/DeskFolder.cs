using System.Text.Json;

namespace Moderation.Tests.Support;

/// <summary>A caller's folder, with the data directory "data" in it, and the commands given there.</summary>
public sealed class DeskFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public string DataPath => _folder.File("data");

    public string File(string name) => _folder.File(name);

    public string Write(string name, string content) => _folder.Write(name, content);

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<CommandResult> RunAsync(params string[] arguments) => (await DeskProcess.RunAsync(Path, arguments)).Expect(0);

    /// <summary>All comments as `export` gives them.</summary>
    public async Task<IReadOnlyList<JsonElement>> CommentsAsync() => (await RunAsync("export", "--what", "comments")).Documents;

    public void Dispose() => _folder.Dispose();
}
