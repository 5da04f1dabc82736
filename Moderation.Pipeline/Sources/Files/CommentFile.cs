namespace Moderation.Pipeline.Sources.Files;

/// <summary>Opens comment files and reads them row by row, in constant memory.</summary>
public static class CommentFile
{
    /// <summary>Reads a file; a row that cannot be read comes as a dead letter in its place.</summary>
    /// <exception cref="SourceException">The file is missing, is no text, or lacks a column that is needed.</exception>
    public static IEnumerable<FileRecord> Read(string path, CommentFileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var stream = Open(path);
        foreach (var record in Read(stream, path, options))
        {
            yield return record;
        }
    }

    /// <summary>Reads a stream that cannot be rewound, such as standard input.</summary>
    /// <param name="name">How errors call it; its ending tells the form.</param>
    /// <param name="waiting">Called before the stream is asked for more, which can take as long as a pipe is silent.</param>
    public static IEnumerable<FileRecord> Read(Stream stream, string name, CommentFileOptions options, Action? waiting = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var reader = CommentFileReader.Open(stream, name, options, waiting);
        while (reader.Read())
        {
            yield return reader.Current;
        }
    }

    /// <summary>Opens a file for reading, or says in a sentence why it cannot be.</summary>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, RecordReader.BufferSize, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SourceException($"There is no file {path}.", e);
        }
        catch (UnauthorizedAccessException e) when (Directory.Exists(path))
        {
            throw new SourceException($"{path} is a directory; name a file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
