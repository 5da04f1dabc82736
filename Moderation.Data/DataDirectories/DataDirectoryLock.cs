namespace Moderation.Data.DataDirectories;

/// <summary>
/// The right to write into a data directory. It is an operating-system lock on a file, so it dies with its holder,
/// however that ends; two writers never meet.
/// </summary>
public sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or gives null when another process holds it.</summary>
    /// <exception cref="DataDirectoryException">The directory cannot be written to.</exception>
    public static DataDirectoryLock? TryTake(DataDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        directory.Create();
        try
        {
            return new DataDirectoryLock(new FileStream(directory.LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataDirectoryException($"The lock file {directory.LockPath} cannot be opened: {e.Message}", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
