namespace Moderation.Data.DataDirectories;

/// <summary>The folder that holds everything a desk knows: database, models, lock, socket.</summary>
public sealed class DataDirectory
{
    /// <summary>Used when nothing else is set; resolved against the caller's directory.</summary>
    public const string Default = "./data";

    public DataDirectory(string path)
    {
        Root = Path.GetFullPath(string.IsNullOrWhiteSpace(path) ? Default : path);
    }

    /// <summary>Absolute.</summary>
    public string Root { get; }

    public string DatabasePath => Path.Combine(Root, "moderation.db");

    /// <summary>The full-text index: derived from the database, made anew when it is missing.</summary>
    public string SearchPath => Path.Combine(Root, "search.db");

    public string ModelsPath => Path.Combine(Root, "models");

    /// <summary>Keys that protect cookies and antiforgery tokens.</summary>
    public string KeysPath => Path.Combine(Root, "keys");

    public string LockPath => Path.Combine(Root, ".lock");

    /// <summary>True when a desk was ever set up here.</summary>
    public bool Exists => File.Exists(DatabasePath);

    /// <summary>Creates what is missing, readable by the owner alone.</summary>
    /// <exception cref="DataDirectoryException">The folder cannot be made or written to.</exception>
    public void Create()
    {
        try
        {
            CreatePrivate(Root);
            CreatePrivate(ModelsPath);
            CreatePrivate(KeysPath);
            var probe = Path.Combine(Root, $".probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DataDirectoryException(
                $"The data directory {Root} cannot be written to: {e.Message.TrimEnd('.')}. Set Moderation:DataDirectory to a folder that can, for example --Moderation:DataDirectory=/var/lib/moderation.", e);
        }
    }

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
