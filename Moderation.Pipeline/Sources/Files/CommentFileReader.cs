using System.Globalization;
using System.Text;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>Stands on one record of a comment file at a time, and can begin in its middle.</summary>
internal sealed class CommentFileReader : IDisposable
{
    private readonly RecordReader _records;
    private readonly CommentFileOptions _options;
    private readonly bool _transcoded;

    private CommentFileReader(RecordReader records, CommentFileOptions options, bool transcoded) =>
        (_records, _options, _transcoded) = (records, options, transcoded);

    public long Number => _records.Number;

    public long Line => _records.Line;

    /// <summary>Where the record begins in the file, in bytes; 0 in a file whose bytes are not those that were read.</summary>
    public long Offset => _transcoded ? 0 : _records.Offset;

    /// <summary>The record's bytes without its line end, valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Raw => _records.Raw;

    /// <summary>The record: a row, or a dead letter with the reason why it is none.</summary>
    public FileRecord Current => _records.Row is { } row
        ? new FileRecord(Number, row, null)
        : new FileRecord(Number, null, ToDeadLetter(_records.Problem));

    /// <summary>Reads from the beginning.</summary>
    /// <param name="waiting">Called before the stream is asked for more.</param>
    public static CommentFileReader Open(Stream stream, string name, CommentFileOptions options, Action? waiting = null)
    {
        var head = FileHead.Read(stream);
        head.RefuseBinary(name);
        var format = options.Format ?? head.Format(name, options.TextLines);
        if (head.Encoding is { } encoding)
        {
            var marked = new SourceBytes(head.Bytes[head.MarkLength..], stream) { Waiting = waiting };
            var transcoded = Encoding.CreateTranscodingStream(marked, encoding, Encoding.UTF8, leaveOpen: true);
            return new CommentFileReader(Create(transcoded, name, format, options, 0), options, transcoded: true);
        }

        var bytes = new SourceBytes(head.Bytes[head.MarkLength..], stream) { Waiting = waiting };
        return new CommentFileReader(Create(bytes, name, format, options, head.MarkLength), options, transcoded: false);
    }

    /// <summary>Reads from a record on, or from the beginning when the position does not say where it begins.</summary>
    /// <exception cref="SourceException">There is no record at that position.</exception>
    public static CommentFileReader OpenAt(FileStream stream, string name, CommentFileOptions options, FilePosition position)
    {
        if (position.Offset == 0)
        {
            return Open(stream, name, options);
        }

        var head = FileHead.Read(stream);
        var format = options.Format ?? head.Format(name, options.TextLines);
        if (!BeginsLine(stream, position.Offset, head.MarkLength))
        {
            throw new SourceException($"{name} was changed before the place where reading stopped. Give it a name of its own with --source NAME.");
        }

        RecordReader records = format switch
        {
            FileFormat.Ndjson => new NdjsonReader(Lines(), name, options, position.Records),
            FileFormat.Text => new PlainTextReader(Lines(), position.Records),
            _ => ResumeDelimited(stream, name, Form(format), options, position, head.MarkLength),
        };
        return new CommentFileReader(records, options, transcoded: false);

        LineReader Lines()
        {
            stream.Position = position.Offset;
            return new LineReader(stream, name, position.Offset, position.Line - 1);
        }
    }

    public bool Read() => _records.Read();

    /// <summary>Keeps the whole record as one that cannot be used.</summary>
    public DeadLetter ToDeadLetter(string reason)
    {
        var letter = DeadLetter.FromRecord(Raw, string.Create(CultureInfo.InvariantCulture, $"line {Line}"), reason);
        var headerFits = _records.Header is not { Length: > DeadLetter.MaxHeaderLength };
        return letter with
        {
            Form = _records.Form,
            Header = headerFits ? _records.Header : null,
            Record = Number,
            TextColumn = _options.BodyColumn,
            Cut = letter.Cut || !headerFits,
        };
    }

    public void Dispose() => _records.Dispose();

    private static RecordReader Create(Stream stream, string name, FileFormat format, CommentFileOptions options, long offset) => format switch
    {
        FileFormat.Ndjson => new NdjsonReader(new LineReader(stream, name, offset, 0), name, options, 0),
        FileFormat.Text => new PlainTextReader(new LineReader(stream, name, offset, 0), 0),
        _ => new DelimitedReader(stream, name, Form(format), options, (0, 0, offset)),
    };

    private static DeadLetterForm Form(FileFormat format) => format == FileFormat.Tsv ? DeadLetterForm.Tsv : DeadLetterForm.Csv;

    /// <summary>Reads what stands before the first record, then goes on at the position: as if all between were not there.</summary>
    private static DelimitedReader ResumeDelimited(
        FileStream stream, string name, DeadLetterForm form, CommentFileOptions options, FilePosition position, int markLength)
    {
        stream.Position = markLength;
        long line, offset;
        using (var first = new DelimitedReader(stream, name, form, options))
        {
            if (!first.Read())
            {
                throw new SourceException($"{name} has no records left. Give it a name of its own with --source NAME.");
            }

            (line, offset) = (first.Line, first.Offset);
        }

        var header = new byte[offset];
        stream.Position = markLength;
        stream.ReadExactly(header);
        stream.Position = position.Offset;
        return new DelimitedReader(
            new SourceBytes(header, stream), name, form, options, (position.Records, position.Line - line, position.Offset - offset));
    }

    /// <summary>Whether a record can begin there; a file that was shortened or edited is noticed by it.</summary>
    private static bool BeginsLine(FileStream stream, long offset, int markLength)
    {
        if (offset >= stream.Length)
        {
            return false;
        }

        stream.Position = offset - 1;
        return offset == markLength || stream.ReadByte() is '\r' or '\n';
    }
}
