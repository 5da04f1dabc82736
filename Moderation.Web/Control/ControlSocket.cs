using System.Net.Sockets;

using Moderation.Data.DataDirectories;

namespace Moderation.Web.Control;

/// <summary>
/// The socket through which commands reach a running server. It lies in the data directory, which only its owner can
/// enter; where that path is too long for a socket, it lies in a private temporary folder and a file says where.
/// </summary>
internal static class ControlSocket
{
    /// <summary>Shortest limit of the systems we run on (macOS), less the final zero.</summary>
    private const int LongestPath = 103;

    private const string FileName = "control.sock";

    /// <summary>Chooses a path to listen on, and leaves word of it. The caller holds the directory's lock.</summary>
    public static string Prepare(DataDirectory directory)
    {
        var path = Path.Combine(directory.Root, FileName);
        File.Delete(path);
        File.Delete(AddressFile(directory));
        if (System.Text.Encoding.UTF8.GetByteCount(path) > LongestPath)
        {
            path = Path.Combine(Directory.CreateTempSubdirectory("moderation-").FullName, FileName);
            File.WriteAllText(AddressFile(directory), path);
        }

        return path;
    }

    /// <summary>Lets only the owner connect, in a directory that others may enter too.</summary>
    public static void Protect(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>Removes what <see cref="Prepare"/> left.</summary>
    public static void CleanUp(DataDirectory directory, string path)
    {
        try
        {
            File.Delete(path);
            if (File.Exists(AddressFile(directory)))
            {
                File.Delete(AddressFile(directory));
                Directory.Delete(Path.GetDirectoryName(path)!);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // On the way out; the next start clears it away.
        }
    }

    /// <summary>Connects to the server of a data directory; null when none listens.</summary>
    public static async Task<HttpClient?> TryConnectAsync(DataDirectory directory, CancellationToken cancellationToken)
    {
        var path = File.Exists(AddressFile(directory))
            ? await File.ReadAllTextAsync(AddressFile(directory), cancellationToken)
            : Path.Combine(directory.Root, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            (await ConnectAsync(path, cancellationToken)).Dispose();
        }
        catch (SocketException)
        {
            return null;
        }

        return new HttpClient(new SocketsHttpHandler { ConnectCallback = async (_, token) => await ConnectAsync(path, token), UseProxy = false })
        {
            BaseAddress = new Uri("http://localhost/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    private static async Task<NetworkStream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string AddressFile(DataDirectory directory) => Path.Combine(directory.Root, "control.address");
}
