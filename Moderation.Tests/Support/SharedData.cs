namespace Moderation.Tests.Support;

/// <summary>
/// Real comments that are not part of the project. The folder is named by <c>MODERATION_SHARED_DATA</c>, or is
/// <c>shared/data</c> beside or above the repository; tests that need it skip where it is absent.
/// </summary>
internal static class SharedData
{
    private const string Variable = "MODERATION_SHARED_DATA";
    private static readonly string _known = Path.Combine("rscience", "dev.csv");

    public static string? Folder { get; } = Find();

    /// <summary>The path of a file of the folder; skips the test where there is none.</summary>
    public static string Require(params string[] parts)
    {
        Assert.SkipUnless(Folder is not null, "shared data is not here");
        return Path.Combine([Folder!, .. parts]);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(Path.Combine(named, _known)) ? named : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data");
            if (File.Exists(Path.Combine(data, _known)))
            {
                return data;
            }
        }

        return null;
    }
}
