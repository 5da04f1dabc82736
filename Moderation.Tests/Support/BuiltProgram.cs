namespace Moderation.Tests.Support;

/// <summary>Where the program lies that the tests run, and the repository it was built from.</summary>
public static class BuiltProgram
{
    private const string FileName = "Moderation.Web.dll";

    /// <summary>The root of the repository: the folder with the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The program in the output of the tests, with its settings, web root and manifests beside it.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, FileName);

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Moderation.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no Moderation.sln above {AppContext.BaseDirectory}.");
    }
}
