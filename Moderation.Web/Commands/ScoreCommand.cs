using System.CommandLine;
using System.Runtime.ExceptionServices;
using System.Text.Json;

using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.Files;
using Moderation.Web.Control;

namespace Moderation.Web.Commands;

/// <summary><c>score</c>: lines in, lines with probabilities out, in the same order and in constant memory.</summary>
internal static class ScoreCommand
{
    /// <summary>Most rows that are scored side by side, and most that are read ahead.</summary>
    private const int MostRows = 1_024;

    /// <summary>Characters at which a block is full however few its rows, so that memory is bounded.</summary>
    private const int MostCharacters = 1_000_000;

    public static Command Create(string[] settings)
    {
        var input = new Option<string?>("--input") { Description = "A file of NDJSON or text lines, CSV or TSV; standard input when left out.", HelpName = "FILE" };
        var textColumn = CommonOptions.TextColumn();
        var model = CommonOptions.Model();
        var command = new Command("score", "Scores texts: one JSON line {id, probability, flagged, model} for each.") { input, textColumn, model };
        command.SetWork(settings, async (parsed, configuration, stop) =>
        {
            var path = parsed.GetValue(input);
            if (path is not null)
            {
                // Said before a model is looked for.
                CommentFile.Open(path).Dispose();
            }

            var selection = await ModelSelection.OpenAsync(parsed.GetValue(model), configuration, stop);
            var options = new CommentFileOptions { BodyColumn = parsed.GetValue(textColumn), TextLines = true };
            var records = path is null
                ? CommentFile.Read(new PausingInput(Console.OpenStandardInput()), "standard input", options)
                : CommentFile.Read(path, options);
            await Task.Run(() => Score(records, selection, stop), CancellationToken.None);
        });
        return command;
    }

    private static void Score(IEnumerable<FileRecord> records, ModelSelection selection, CancellationToken stop)
    {
        using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        var intake = new Intake(stop);
        using var wake = stop.Register(intake.Wake);

        // Nobody waits for the reader: a pipe may be silent for ever.
        _ = Task.Factory.StartNew(() => intake.Fill(records), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        long unreadable = 0;
        while (intake.Take() is { } block)
        {
            var lines = block.AsParallel().AsOrdered().WithCancellation(stop)
                .Select(record => record.Row is { } row ? Line(row, selection) : null).ToArray();
            for (var i = 0; i < block.Count; i++)
            {
                // Only between lines: what is written is whole.
                stop.ThrowIfCancellationRequested();
                if (lines[i] is { } line)
                {
                    output.Write(line);
                }
                else
                {
                    unreadable++;
                    CommandConsole.Note($"{block[i].DeadLetter!.Place}: {block[i].DeadLetter!.Reason}");
                }
            }

            if (intake.IsEmpty)
            {
                // Whoever writes line by line waits for the answer.
                output.Flush();
            }
        }

        output.Flush();
        if (unreadable > 0)
        {
            throw new CommandException($"{unreadable:N0} rows could not be read and have no score; the others were scored.");
        }
    }

    private static byte[] Line(CommentRow row, ModelSelection selection)
    {
        var probability = selection.Scorer.Score(row.Body);
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new ScoreLine(row.Id, Math.Round(probability, 6), ThresholdTable.Flags(probability, selection.Threshold), selection.Version),
            ControlMessages.Json);
        return [.. json, (byte)'\n'];
    }

    private sealed record ScoreLine(string Id, double Probability, bool Flagged, string Model);

    /// <summary>What was read and is not scored yet. The reader fills it up to its bounds; the scorer takes all that is there.</summary>
    private sealed class Intake(CancellationToken stop)
    {
        // Waited on as a monitor, which Lock cannot be.
        private readonly object _lock = new();
        private List<FileRecord> _rows = [];
        private long _characters;
        private bool _ended;
        private ExceptionDispatchInfo? _failure;

        public bool IsEmpty
        {
            get
            {
                lock (_lock)
                {
                    return _rows.Count == 0;
                }
            }
        }

        /// <summary>Reads to the end; what breaks the reading is thrown by <see cref="Take"/> behind the last row.</summary>
        public void Fill(IEnumerable<FileRecord> records)
        {
            try
            {
                foreach (var record in records)
                {
                    Add(record);
                }
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }

            lock (_lock)
            {
                _ended = true;
                Monitor.PulseAll(_lock);
            }
        }

        /// <summary>Waits for rows; null when there are no more.</summary>
        public List<FileRecord>? Take()
        {
            lock (_lock)
            {
                while (_rows.Count == 0 && !_ended && !stop.IsCancellationRequested)
                {
                    Monitor.Wait(_lock);
                }

                stop.ThrowIfCancellationRequested();
                if (_rows.Count == 0)
                {
                    _failure?.Throw();
                    return null;
                }

                var rows = _rows;
                (_rows, _characters) = ([], 0);
                Monitor.PulseAll(_lock);
                return rows;
            }
        }

        /// <summary>Lets whoever waits see that all is to stop.</summary>
        public void Wake()
        {
            lock (_lock)
            {
                Monitor.PulseAll(_lock);
            }
        }

        private void Add(FileRecord record)
        {
            lock (_lock)
            {
                while ((_rows.Count >= MostRows || _characters >= MostCharacters) && !stop.IsCancellationRequested)
                {
                    Monitor.Wait(_lock);
                }

                stop.ThrowIfCancellationRequested();
                _rows.Add(record);
                _characters += record.Row?.Body.Length ?? record.DeadLetter!.Original.Length;
                Monitor.PulseAll(_lock);
            }
        }
    }

    /// <summary>
    /// Standard input that may pause. Telling the form of a stream takes its first bytes, as many as there are up to a
    /// limit; of a pipe that pauses these are the ones with the first line. So the stream seems to end there, once.
    /// </summary>
    private sealed class PausingInput(Stream input) : Stream
    {
        private int? _wanted;
        private bool _text;
        private bool _line;
        private bool _ended;

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
            _wanted ??= buffer.Length;
            if (_ended || (_wanted > 0 && _line))
            {
                _wanted = 0;
                return 0;
            }

            var count = input.Read(buffer);
            _ended = count == 0;
            if (_wanted > 0)
            {
                var read = buffer[..count];
                _wanted -= count;
                _text |= read.ContainsAnyExcept(" \t\r\n"u8);
                _line = _text && read.Contains((byte)'\n');
            }

            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
