namespace Moderation.Tests.Support;

/// <summary>Real comments, which are not ours to keep in the repository.</summary>
public static class RealData
{
    private const string Variable = "MODERATION_SHARED_DATA";

    /// <summary>The folder that holds this file: what the environment names, or <c>shared/data</c> beside a folder above; null when there is none.</summary>
    public static string? Find(string file)
    {
        var candidates = new List<string>();
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            candidates.Add(named);
        }

        for (var folder = new DirectoryInfo(BuiltProgram.Repository).Parent; folder is not null; folder = folder.Parent)
        {
            candidates.Add(Path.Combine(folder.FullName, "shared", "data"));
        }

        return candidates.Find(candidate => File.Exists(Path.Combine(candidate, file)));
    }
}
