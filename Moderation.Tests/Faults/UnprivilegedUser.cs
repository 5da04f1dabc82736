using System.Diagnostics;

namespace Moderation.Tests.Faults;

/// <summary>
/// File rights mean nothing to root: where the tests run as root, the program is started without what lets root pass over them.
/// The program stays the owner of its files, as somebody without special rights is of theirs.
/// </summary>
internal static class UnprivilegedUser
{
    private static readonly string[] _setpriv = ["setpriv", "--bounding-set=-all"];

    /// <summary>What starts a program so; empty when the tests have no special rights themselves.</summary>
    public static IReadOnlyList<string> Launcher => Environment.IsPrivilegedProcess ? _setpriv : [];

    /// <summary>Whether programs can be started so here.</summary>
    public static bool IsThere => !OperatingSystem.IsWindows() && (!Environment.IsPrivilegedProcess || Run([.. _setpriv, "true"]));

    /// <summary>Takes the right to write from a folder and all in it, or gives it back.</summary>
    public static void SetWritable(string folder, bool writable)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException();
        }

        var file = UnixFileMode.UserRead | (writable ? UnixFileMode.UserWrite : UnixFileMode.None);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToList())
        {
            if (!path.EndsWith(".sock", StringComparison.Ordinal))
            {
                File.SetUnixFileMode(path, file);
            }
        }

        foreach (var path in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder).ToList())
        {
            File.SetUnixFileMode(path, file | UnixFileMode.UserExecute);
        }
    }

    private static bool Run(IReadOnlyList<string> words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
