using Microsoft.Data.Sqlite;

using Moderation.Data.DataDirectories;
using Moderation.Data.Writing;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.DataDirectories;

public sealed class DataDirectoryTests
{
    [Fact]
    public void A_path_under_a_regular_file_is_refused_in_a_sentence_that_names_the_setting()
    {
        using var folder = new TemporaryFolder();
        var directory = new DataDirectory(Path.Combine(folder.Write("file", "text"), "desk"));

        var e = Assert.Throws<DataDirectoryException>(directory.Create);

        Assert.Contains(directory.Root, e.Message, StringComparison.Ordinal);
        Assert.Contains("Moderation:DataDirectory", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_a_file_itself_is_refused() =>
        WithFile(path => Assert.Throws<DataDirectoryException>(new DataDirectory(path).Create));

    [Fact]
    public void A_path_where_nobody_can_write_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a folder that not even root can write to.");

        Assert.Throws<DataDirectoryException>(new DataDirectory("/proc/desk").Create);
        Assert.Throws<DataDirectoryException>(() => DataDirectoryLock.TryTake(new DataDirectory("/proc/desk")));
    }

    [Fact]
    public void A_new_directory_is_for_its_owner_alone_and_can_be_made_twice()
    {
        using var folder = new TemporaryFolder();
        var directory = new DataDirectory(folder.File("desk"));

        directory.Create();
        directory.Create();

        Assert.False(directory.Exists);
        Assert.Equal([directory.KeysPath, directory.ModelsPath], Directory.GetFileSystemEntries(directory.Root).Order());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory.Root));
        }
    }

    [Fact]
    public void The_lock_is_given_once_and_is_free_again_after_it_was_let_go()
    {
        using var folder = new TemporaryFolder();
        var directory = new DataDirectory(folder.Path);

        using (var held = DataDirectoryLock.TryTake(directory))
        {
            Assert.NotNull(held);
            Assert.Null(DataDirectoryLock.TryTake(directory));
        }

        using var again = DataDirectoryLock.TryTake(directory);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task A_migration_lock_that_a_killed_program_left_behind_does_not_hold_up_the_next_start()
    {
        using var folder = new TemporaryFolder();
        await using (var desk = await TestDesk.CreateAsync(folder.Path))
        {
            await desk.StoreAsync(Scored("a"));
        }

        Execute(folder, """
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01');
            """);

        await using var again = await TestDesk.CreateAsync(folder.Path).WaitAsync(TimeSpan.FromSeconds(20), Stop);
        Assert.Equal(1, again.Look(context => context.Comments.Count()));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        await using (await TestDesk.CreateAsync(folder.Path))
        {
            // Makes the database.
        }

        Execute(folder, """INSERT INTO "__EFMigrationsHistory" VALUES ('29991231000000_FromTheFuture', '99.0.0')""");
        var before = File.ReadAllBytes(new DataDirectory(folder.Path).DatabasePath);

        var e = await Assert.ThrowsAsync<DataDirectoryException>(() => TestDesk.CreateAsync(folder.Path));

        Assert.Contains("29991231000000_FromTheFuture", e.Message, StringComparison.Ordinal);
        Assert.Contains("newer version", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(new DataDirectory(folder.Path).DatabasePath));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_in_a_sentence_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var text = new string('x', 8_192);
        var path = folder.Write("moderation.db", text);

        var e = await Assert.ThrowsAsync<DataDirectoryException>(() => TestDesk.CreateAsync(folder.Path));

        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(path));
    }

    [Fact]
    public async Task A_folder_where_the_database_should_be_is_refused_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("moderation.db"));

        await Assert.ThrowsAsync<DataDirectoryException>(() => TestDesk.CreateAsync(folder.Path));
    }

    private static void Execute(TemporaryFolder folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("moderation.db")};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }

    private static void WithFile(Action<string> test)
    {
        using var folder = new TemporaryFolder();
        test(folder.Write("file", "text"));
    }
}
