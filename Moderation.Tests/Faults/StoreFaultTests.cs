using Microsoft.Data.Sqlite;

using Moderation.Tests.Support;

namespace Moderation.Tests.Faults;

/// <summary>What can happen to the place where everything is kept.</summary>
public sealed class StoreFaultTests
{
    private const int Megabytes = 16;

    [Fact]
    public async Task A_full_disk_is_said_and_nothing_is_lost_when_there_is_room_again()
    {
        using var folder = new DeskFolder();
        using var disk = SmallDisk.TryMount(folder.DataPath, Megabytes);
        Assert.SkipUnless(disk is not null, "Mounting a small disk needs root.");
        await FaultDesk.PrepareAsync(folder.DataPath);
        await using var desk = await DeskProcess.ServeAsync(folder.Path, FaultDesk.OnlyHttp);
        await desk.PostUntilKeptAsync("before");

        disk.Fill();
        var waiting = desk.PostUntilKeptAsync("meanwhile", new string('x', 300_000));
        await desk.SaysAsync("the disk is full");
        Assert.False(waiting.IsCompleted);

        disk.MakeRoom();
        await waiting;
        await desk.IsWellAsync();
        Assert.Equal(["before", "meanwhile"], await desk.StopAndReadAsync(folder.DataPath));
    }

    [Fact]
    public async Task A_database_that_another_process_holds_locked_is_said_and_waited_for()
    {
        using var folder = new DeskFolder();
        await FaultDesk.PrepareAsync(folder.DataPath);
        await using var desk = await DeskProcess.ServeAsync(folder.Path, FaultDesk.OnlyHttp);
        await desk.PostUntilKeptAsync("before");

        Task waiting;
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(folder.DataPath, "moderation.db")};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var held = other.BeginTransaction(deferred: false);
            waiting = desk.PostUntilKeptAsync("meanwhile");
            await desk.SaysAsync("another program holds it locked");
            Assert.False(waiting.IsCompleted);
            await held.RollbackAsync(TestContext.Current.CancellationToken);
        }

        await waiting;
        await desk.IsWellAsync();
        Assert.Equal(["before", "meanwhile"], await desk.StopAndReadAsync(folder.DataPath));
    }

    [Fact]
    public async Task A_data_directory_that_goes_away_is_said_and_writing_goes_on_when_it_is_back()
    {
        using var folder = new DeskFolder();
        await FaultDesk.PrepareAsync(folder.DataPath);
        await using var desk = await DeskProcess.ServeAsync(folder.Path, FaultDesk.OnlyHttp);
        await desk.PostUntilKeptAsync("before");

        Directory.Move(folder.DataPath, folder.File("away"));
        Assert.Contains("is not there", (await desk.ReadyAsync("database")).Description, StringComparison.Ordinal);
        var waiting = desk.PostUntilKeptAsync("meanwhile");
        await desk.SaysAsync("it is not there");
        Assert.False(waiting.IsCompleted);

        Directory.Move(folder.File("away"), folder.DataPath);
        await waiting;
        await desk.IsWellAsync();
        Assert.Equal(["before", "meanwhile"], await desk.StopAndReadAsync(folder.DataPath));
    }

    [Fact]
    public async Task A_data_directory_that_turns_read_only_is_said_and_writing_goes_on_when_it_is_writable()
    {
        Assert.SkipUnless(UnprivilegedUser.IsThere, "The rights of files need Unix, and setpriv where the tests run as root.");
        using var folder = new DeskFolder();
        await FaultDesk.PrepareAsync(folder.DataPath);
        await using var desk = await ServeAsync(folder);
        await desk.PostUntilKeptAsync("before");

        // Files that are open stay writable whatever becomes of their rights: the desk has to open them anew.
        var away = folder.File("away");
        Directory.Move(folder.DataPath, away);
        var waiting = desk.PostUntilKeptAsync("meanwhile");
        await desk.SaysAsync("it is not there");
        UnprivilegedUser.SetWritable(away, writable: false);
        Directory.Move(away, folder.DataPath);
        await desk.SaysAsync("it is read-only");
        Assert.False(waiting.IsCompleted);

        UnprivilegedUser.SetWritable(folder.DataPath, writable: true);
        await waiting;
        await desk.IsWellAsync();
        (await desk.StopAsync()).Expect(0);

        UnprivilegedUser.SetWritable(folder.DataPath, writable: false);
        await using (var refused = DeskProcess.Start(folder.Path, ["serve", "--urls", "http://127.0.0.1:0", .. FaultDesk.OnlyHttp], launcher: UnprivilegedUser.Launcher))
        {
            Assert.Contains("cannot be written to", (await refused.WaitForExitAsync()).ExpectSentence(1), StringComparison.Ordinal);
        }

        UnprivilegedUser.SetWritable(folder.DataPath, writable: true);
        await using var again = await ServeAsync(folder);
        Assert.Equal(["before", "meanwhile"], await again.StopAndReadAsync(folder.DataPath));
    }

    private static Task<DeskProcess> ServeAsync(DeskFolder folder) =>
        DeskProcess.ServeAsync(folder.Path, FaultDesk.OnlyHttp, launcher: UnprivilegedUser.Launcher);
}
