using Moderation.Benchmarks.Children;
using Moderation.Benchmarks.Crash;
using Moderation.Tests.Support;

namespace Moderation.Tests.Crash;

/// <summary>A data directory with two models, made once and copied for each test.</summary>
public sealed class PreparedDesk : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal static ChildProgram Program { get; } = new("dotnet", [BuiltProgram.Path]);

    public async ValueTask InitializeAsync() => await CrashTest.PrepareAsync(Program, _folder.Path, TestContext.Current.CancellationToken);

    /// <summary>Copies it into a folder of a test's own.</summary>
    public void CopyTo(TemporaryFolder folder) => Copy(Path.Combine(_folder.Path, CrashTest.Data), folder.File(CrashTest.Data));

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Copies a data directory on which nothing runs.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }
}
