using System.Text;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>The beginning of a file, and what it tells about the rest.</summary>
internal sealed class FileHead
{
    private const int MostBytes = 16 * 1024;

    private static ReadOnlySpan<byte> Blank => " \t\r\n\uFEFF"u8;

    private FileHead(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>What was read.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The encoding that a byte order mark names; null for UTF-8, which Windows-1252 may be mixed into.</summary>
    public Encoding? Encoding => Bytes.Span switch
    {
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        _ => null,
    };

    /// <summary>Length of the byte order mark, 0 when there is none.</summary>
    public int MarkLength => Encoding?.Preamble.Length ?? (Bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);

    /// <summary>Reads until there is a whole line that is not blank, since a pipe may pause behind it.</summary>
    public static FileHead Read(Stream stream)
    {
        var bytes = new byte[MostBytes];
        var length = 0;
        while (length < bytes.Length && bytes.AsSpan(0, length).TrimStart(Blank).IndexOf((byte)'\n') < 0
            && stream.Read(bytes, length, bytes.Length - length) is > 0 and var count)
        {
            length += count;
        }

        return new FileHead(bytes.AsMemory(0, length));
    }

    /// <summary>The form, by the name's ending or by the content.</summary>
    public FileFormat Format(string name, bool textLines)
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

        var start = Bytes.Span.TrimStart(Blank);
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
    public void RefuseBinary(string name)
    {
        if (Encoding is null && Bytes.Span.IndexOf((byte)0) is >= 0 and var nul)
        {
            throw new SourceException(
                $"{name} is not text in UTF-8 or Windows-1252: byte {nul + 1} is zero. Save it as UTF-8 and try again.");
        }
    }
}
