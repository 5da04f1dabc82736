namespace Moderation.Web.Commands;

/// <summary>A file that a command writes for its user: it appears whole or not at all.</summary>
internal static class OutputFile
{
    /// <param name="what">Names the content in the sentence about a failure: "The export".</param>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, string what, Func<Stream, Task> write)
    {
        // A link or a device stays what it is.
        var temporary = IsLinkOrDevice(path) ? null : $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            await using (var stream = File.Create(temporary ?? path, 1 << 16))
            {
                await write(stream);
            }

            if (temporary is not null)
            {
                File.Move(temporary, path, overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{what} cannot be written to {path}: {e.Message.TrimEnd('.')}.");
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    private static bool IsLinkOrDevice(string path) =>
        new FileInfo(path).LinkTarget is not null || Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);
}
