namespace Moderation.Benchmarks.Texts;

/// <summary>A folder with real comments, which are not part of the program.</summary>
public sealed class BenchData
{
    /// <summary>Names the folder where the command line does not.</summary>
    public const string Variable = "MODERATION_SHARED_DATA";

    private static readonly string[] _unseenVideos = ["07-KQ6zr6kCPj8.csv", "08-uelHwf8o7_U.csv"];

    private BenchData(string folder)
    {
        Folder = Path.GetFullPath(folder);
        Train = Path.Combine(Folder, "rscience", "train.csv");
        Dev = Path.Combine(Folder, "rscience", "dev.csv");
    }

    public string Folder { get; }

    /// <summary>Comments to train from.</summary>
    public string Train { get; }

    /// <summary>Comments to measure on.</summary>
    public string Dev { get; }

    /// <summary>Files of the YouTube Spam Collection that nothing of the starter was written or chosen by; empty when the folder has none.</summary>
    public IReadOnlyList<string> UnseenVideos =>
        [.. _unseenVideos.Select(file => Path.Combine(Folder, "youtube-spam", file)).Where(File.Exists)];

    /// <summary>The folder named, else the environment's; null when none is named.</summary>
    /// <exception cref="DirectoryNotFoundException">The named folder does not hold the files.</exception>
    public static BenchData? Find(string? named)
    {
        var folder = named ?? Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(folder))
        {
            return null;
        }

        var data = new BenchData(folder);
        return File.Exists(data.Train) && File.Exists(data.Dev)
            ? data
            : throw new DirectoryNotFoundException($"{folder} holds no rscience/train.csv and rscience/dev.csv; name the folder above rscience.");
    }
}
