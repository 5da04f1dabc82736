using System.Text;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>Opens comment files and reads them row by row, in constant memory.</summary>
public static class CommentFile
{
    private const int SniffedBytes = 16 * 1024;

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
    public static IEnumerable<FileRecord> Read(Stream stream, string name, CommentFileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var head = new byte[SniffedBytes];
        var headLength = ReadHead(stream, head);
        RefuseBinary(head.AsSpan(0, headLength), name);
        var format = options.Format ?? FormatOf(name, head.AsSpan(0, headLength), options.TextLines);
        using var reader = new StreamReader(
            new ReplayStream(head.AsMemory(0, headLength), stream), Windows1252Fallback.Encoding, detectEncodingFromByteOrderMarks: true, SniffedBytes);
        var records = format switch
        {
            FileFormat.Ndjson => new NdjsonReader(name, options).Read(reader),
            FileFormat.Text => PlainTextReader.Read(reader),
            _ => new DelimitedReader(name, format == FileFormat.Tsv ? '\t' : ',', options).Read(reader),
        };
        foreach (var record in records)
        {
            yield return record;
        }
    }

    /// <summary>Opens a file for reading, or says in a sentence why it cannot be.</summary>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
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

    /// <summary>Reads the beginning: until there is a whole line that is not blank, since a pipe may pause behind it.</summary>
    private static int ReadHead(Stream stream, byte[] head)
    {
        var length = 0;
        while (length < head.Length && head.AsSpan(0, length).TrimStart(" \t\r\n\uFEFF"u8).IndexOf((byte)'\n') < 0
            && stream.Read(head, length, head.Length - length) is > 0 and var count)
        {
            length += count;
        }

        return length;
    }

    private static FileFormat FormatOf(string name, ReadOnlySpan<byte> head, bool textLines)
    {
        switch (Path.GetExtension(name).ToLowerInvariant())
        {
            case ".csv":
                return FileFormat.Csv;
            case ".tsv" or ".tab":
                return FileFormat.Tsv;
            case ".ndjson" or ".jsonl":
                return FileFormat.Ndjson;
        }

        var start = head.TrimStart(" \t\r\n\uFEFF"u8);
        if (start.StartsWith("{"u8))
        {
            return FileFormat.Ndjson;
        }

        if (textLines)
        {
            return FileFormat.Text;
        }

        var firstLine = start.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var end ? start[..end] : start;
        return firstLine.Contains((byte)'\t') ? FileFormat.Tsv : FileFormat.Csv;
    }

    /// <summary>A NUL in the first bytes means UTF-16 or UTF-32 without its mark, or no text at all.</summary>
    private static void RefuseBinary(ReadOnlySpan<byte> head, string name)
    {
        ReadOnlySpan<byte> utf16 = [0xFF, 0xFE], utf16BigEndian = [0xFE, 0xFF], utf32BigEndian = [0, 0, 0xFE, 0xFF];
        if (head.StartsWith(utf16) || head.StartsWith(utf16BigEndian) || head.StartsWith(utf32BigEndian))
        {
            return;
        }

        var nul = head.IndexOf((byte)0);
        if (nul >= 0)
        {
            throw new SourceException(
                $"{name} is not text in UTF-8 or Windows-1252: byte {nul + 1} is zero. Save it as UTF-8 and try again.");
        }
    }

    /// <summary>The bytes that were looked at, then the rest of the stream.</summary>
    private sealed class ReplayStream(ReadOnlyMemory<byte> head, Stream rest) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_position == head.Length)
            {
                return rest.Read(buffer);
            }

            var count = Math.Min(buffer.Length, head.Length - _position);
            head.Span.Slice(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
