using Moderation.Data.DataDirectories;

namespace Moderation.Data.Reading;

/// <summary>What the data takes on disk, in bytes.</summary>
/// <param name="DatabaseBytes">The database with its indexes.</param>
/// <param name="WalBytes">Its write-ahead log: commits that are not in the database file yet.</param>
public sealed record StorageFigures(long DatabaseBytes, long WalBytes);

/// <summary>Measures the files of the database, at most every ten seconds however many ask.</summary>
/// <remarks>
/// The files, not the tables: SQLite's own account of tables and indexes (dbstat) is not compiled into the library, and
/// would read every page of the database.
/// </remarks>
public sealed class StorageReader(DataDirectory directory, TimeProvider time)
{
    private static readonly TimeSpan _validFor = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private StorageFigures? _figures;
    private long _readAt;

    public StorageFigures Read()
    {
        lock (_lock)
        {
            if (_figures is null || time.GetElapsedTime(_readAt) > _validFor)
            {
                (_figures, _readAt) = (Measure(), time.GetTimestamp());
            }

            return _figures;
        }
    }

    private StorageFigures Measure()
    {
        try
        {
            return new StorageFigures(
                Length(new FileInfo(directory.DatabasePath)),
                Length(new FileInfo(directory.DatabasePath + "-wal")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The directory is away; the flow says so.
            return _figures ?? new StorageFigures(0, 0);
        }
    }

    private static long Length(FileInfo file)
    {
        try
        {
            return file.Exists ? file.Length : 0;
        }
        catch (FileNotFoundException)
        {
            // Gone between the two questions.
            return 0;
        }
    }
}
