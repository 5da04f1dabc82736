using System.Globalization;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>Splits bytes of UTF-8 into lines that end in LF, CR or CR LF; the last may end with the file.</summary>
/// <param name="offset">How many bytes of the file lie before the stream's first.</param>
/// <param name="line">How many lines of the file lie before it.</param>
internal sealed class LineReader(Stream stream, string name, long offset, long line)
{
    private byte[] _buffer = new byte[RecordReader.BufferSize];
    private int _next;
    private int _filled;
    private int _start;
    private int _length;
    private bool _behindReturn;
    private bool _ended;

    /// <summary>The line's bytes, valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _length);

    /// <summary>1 for the file's first line.</summary>
    public long Line { get; private set; } = line;

    /// <summary>Where the line begins, in bytes from the file's beginning.</summary>
    public long Offset => offset + _start;

    public bool Read()
    {
        for (var scanned = 0; ;)
        {
            if (_behindReturn && _next < _filled)
            {
                // Only now: waiting for what follows a CR would hold back the line of a pipe that pauses there.
                _next += _buffer[_next] == '\n' ? 1 : 0;
                _behindReturn = false;
            }

            var end = _buffer.AsSpan(_next + scanned, _filled - _next - scanned).IndexOfAny((byte)'\r', (byte)'\n');
            if (end >= 0)
            {
                Take(scanned + end);
                _behindReturn = _buffer[_next] == '\r';
                _next++;
                return true;
            }

            scanned = _filled - _next;
            if (_ended && scanned == 0)
            {
                return false;
            }

            if (_ended)
            {
                Take(scanned);
                return true;
            }

            Fill();
        }
    }

    private void Take(int length)
    {
        _start = _next;
        _length = length;
        _next += length;
        Line++;
    }

    private void Fill()
    {
        var kept = _filled - _next;
        if (kept > RecordReader.LongestRecord)
        {
            throw new SourceException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} cannot be read on from line {Line + 1}: it is longer than {RecordReader.LongestRecord / 1024 / 1024} MB. Split it into one record a line."));
        }

        var buffer = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_next, kept).CopyTo(buffer);
        _buffer = buffer;
        offset += _next;
        _next = 0;
        _filled = kept;
        var read = stream.Read(_buffer, kept, _buffer.Length - kept);
        _filled += read;
        _ended = read == 0;
    }
}
