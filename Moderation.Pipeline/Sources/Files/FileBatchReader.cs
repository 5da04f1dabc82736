namespace Moderation.Pipeline.Sources.Files;

/// <summary>Reads a file batch by batch from a position on, and says where each batch ends.</summary>
internal sealed class FileBatchReader : IDisposable
{
    private const int FingerprintedBytes = 64 * 1024;

    /// <summary>Characters at which a batch is full however few its comments, so that memory is bounded.</summary>
    private const int MostCharacters = 1_000_000;

    private readonly FileSourceOptions _options;
    private readonly int _batchSize;
    private readonly FilePosition _start;
    private readonly FilePosition _begun;
    private readonly FileStream _stream;
    private readonly CommentFileReader _reader;
    private readonly List<IncomingComment> _comments = [];
    private readonly List<DeadLetter> _deadLetters = [];
    private long _characters;

    /// <summary>The record that the reader stands on is not in a batch yet.</summary>
    private bool _held;

    /// <summary>The last record that was taken: the file's last, once there is no other.</summary>
    private FilePosition _last;

    /// <summary>Where the last record that was taken stands: in the comments, in the dead letters, or in neither.</summary>
    private System.Collections.IList? _lastIn;

    private readonly bool _holdBack;
    private byte[] _lastBytes = [];
    private int _lastLength;

    /// <param name="holdBack">A last record without a line end is not read.</param>
    /// <exception cref="SourceException">The file cannot be read, or is not the one of the position.</exception>
    public FileBatchReader(FileSourceOptions options, int batchSize, SourcePosition? after, bool holdBack)
    {
        _holdBack = holdBack;
        (_options, _batchSize) = (options, batchSize);
        var (length, hash) = Fingerprint(FingerprintedBytes);
        _begun = new FilePosition(0, length, hash);
        _start = after is { } position ? Resume(position, length) : _begun;
        _last = _start;
        _stream = CommentFile.Open(options.Path);
        try
        {
            _reader = CommentFileReader.OpenAt(_stream, options.Path, options.Columns, _start);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>The file's last record was not read, as it has no line end.</summary>
    public bool HeldBack { get; private set; }

    /// <summary>The next batch; null at the file's end.</summary>
    public CommentBatch? Read(CancellationToken cancellationToken)
    {
        while (_held || _reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            _held = false;
            if (_reader.Number <= _start.Records)
            {
                // A position of old, or of an encoding whose bytes are not counted.
                continue;
            }

            var here = _begun with { Records = _reader.Number - 1, Line = _reader.Line, Offset = _reader.Offset };
            if (_comments.Count + _deadLetters.Count >= _batchSize || _characters >= MostCharacters)
            {
                _held = true;
                return Take(here);
            }

            Remember(here);
            _lastIn = null;
            if (here.Records != _start.Records || _start.Tail.Length == 0 || _start.Tail != FilePosition.Describe(_reader.Raw))
            {
                Sort();
            }
        }

        if (_holdBack && _lastIn is { Count: > 0 } list && !EndsWithLine())
        {
            // It is in this batch: a full one is given only when there is another record.
            list.RemoveAt(list.Count - 1);
            (_lastIn, HeldBack) = (null, true);
            return _comments.Count + _deadLetters.Count > 0 ? Take(_last) : null;
        }

        return _comments.Count + _deadLetters.Count > 0
            ? Take(_last with { Tail = FilePosition.Describe(_lastBytes.AsSpan(0, _lastLength)) })
            : null;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    private void Remember(FilePosition position)
    {
        _last = position;
        var bytes = _reader.Raw;
        if (bytes.Length > _lastBytes.Length)
        {
            _lastBytes = new byte[Math.Max(bytes.Length, 4_096)];
        }

        bytes.CopyTo(_lastBytes);
        _lastLength = bytes.Length;
    }

    private void Sort()
    {
        var record = _reader.Current;
        var letter = record.DeadLetter;
        if (record.Row is { } row)
        {
            if (row.TryToComment(out var comment, out var reason))
            {
                _comments.Add(comment);
                _lastIn = _comments;
                _characters += comment.Body.Length;
                return;
            }

            letter = _reader.ToDeadLetter(reason);
        }

        _deadLetters.Add(letter!);
        _lastIn = _deadLetters;
        _characters += letter!.Original.Length;
    }

    /// <summary>Whether what was read of the file, which may have grown since, ends with a line end, in any encoding.</summary>
    private bool EndsWithLine()
    {
        Span<byte> end = stackalloc byte[4];
        var read = _stream.Position;
        end = end[..(int)Math.Min(end.Length, read)];
        _stream.Position = read - end.Length;
        _stream.ReadExactly(end);
        var last = end.TrimEnd((byte)0);
        return last.Length > 0 && last[^1] is (byte)'\n' or (byte)'\r';
    }

    private CommentBatch Take(FilePosition position)
    {
        var batch = new CommentBatch(_options.Name, [.. _comments])
        {
            DeadLetters = [.. _deadLetters],
            Position = new SourcePosition(position.ToString()),
        };
        _comments.Clear();
        _deadLetters.Clear();
        _characters = 0;
        return batch;
    }

    private FilePosition Resume(SourcePosition stored, int lengthNow)
    {
        if (!FilePosition.TryParse(stored.Value, out var position))
        {
            throw new SourceException($"The stored position '{stored.Value}' of source {_options.Name} is not one of a file.");
        }

        // The beginning that was there at the checkpoint must still be there; the file may have grown behind it.
        if (position.FingerprintLength > lengthNow || Fingerprint(position.FingerprintLength).Hash != position.Fingerprint)
        {
            throw new SourceException(
                $"{_options.Path} is not the file that source {_options.Name} read before: it begins differently. Give it a name of its own with --source NAME.");
        }

        return position;
    }

    private (int Length, string Hash) Fingerprint(int bytes)
    {
        using var stream = CommentFile.Open(_options.Path);
        var head = new byte[bytes];
        var length = stream.ReadAtLeast(head, bytes, throwOnEndOfStream: false);
        return (length, FilePosition.Hash(head.AsSpan(0, length)));
    }
}
