using System.Diagnostics;

namespace Moderation.Tests.Faults;

/// <summary>A file system of a few megabytes in memory, for as long as a test needs it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _path;
    private readonly string _filler;

    private SmallDisk(string path)
    {
        _path = path;
        _filler = Path.Combine(path, "filler");
    }

    /// <summary>Mounts it; null where that is not allowed.</summary>
    public static SmallDisk? TryMount(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        return OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path) ? new SmallDisk(path) : null;
    }

    /// <summary>Leaves not a page free.</summary>
    public void Fill()
    {
        var page = new byte[4096];
        using var file = new FileStream(_filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(page);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void MakeRoom() => File.Delete(_filler);

    public void Dispose()
    {
        if (!Run("umount", _path))
        {
            // Something still has a file open on it; it goes away with that.
            Run("umount", "-l", _path);
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
