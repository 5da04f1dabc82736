using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

using Moderation.Data.DataDirectories;
using Moderation.Data.Writing;

namespace Moderation.Data.Schema;

/// <summary>Brings the database to the program's schema. The caller holds the data directory's lock.</summary>
internal static class DatabaseInitializer
{
    public static void Migrate(DataDirectory directory)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = directory.DatabasePath,
                Pooling = false,
            }.ToString());
            connection.Open();
            using var context = new ModerationDbContext(
                new DbContextOptionsBuilder<ModerationDbContext>().UseSqlite(connection).Options);
            var unknown = context.Database.GetAppliedMigrations().Except(context.Database.GetMigrations()).ToList();
            if (unknown.Count > 0)
            {
                throw new DataDirectoryException(
                    $"The database {directory.DatabasePath} was made by a newer version of this program ({unknown[^1]}). Use that version, or another data directory.");
            }

            connection.Execute("PRAGMA journal_mode = WAL");

            // EF Core guards migrations by a row in this table, which stays for ever if the program dies meanwhile. The
            // directory's lock already keeps others out, so a row that is found here is such a leftover.
            connection.Execute("DROP TABLE IF EXISTS \"__EFMigrationsLock\"");
            context.Database.Migrate();
            if (!OperatingSystem.IsWindows())
            {
                // In a directory that others may enter, too; SQLite gives its side files the same rights.
                File.SetUnixFileMode(directory.DatabasePath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
        catch (SqliteException e)
        {
            throw new DataDirectoryException($"The database {directory.DatabasePath} cannot be opened: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
