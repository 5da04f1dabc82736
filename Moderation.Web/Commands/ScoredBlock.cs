using System.Buffers;
using System.Text.Json;

using Moderation.Pipeline.Flagging;
using Moderation.Pipeline.Sources.Files;
using Moderation.Web.Control;

namespace Moderation.Web.Commands;

/// <summary>Scores runs of rows side by side and keeps their lines until they are written in order. Its buffers are used again.</summary>
internal sealed class ScoredBlock(ModelSelection selection) : IDisposable
{
    /// <summary>Rows that one worker takes at a time: enough to be worth handing over, few enough to share out evenly.</summary>
    private const int RowsOfRun = 32;

    private static readonly JsonWriterOptions _format = new() { Encoder = ControlMessages.Json.Encoder, SkipValidation = true };

    private readonly List<Run> _runs = [];
    private int _used;

    /// <summary>Scores the rows; a dead letter gets no line.</summary>
    public void Score(List<FileRecord> rows, CancellationToken stop)
    {
        var runs = (rows.Count + RowsOfRun - 1) / RowsOfRun;
        while (_runs.Count < runs)
        {
            _runs.Add(new Run());
        }

        Parallel.For(
            0, runs, new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount },
            run => _runs[run].Score(rows, run * RowsOfRun, Math.Min((run + 1) * RowsOfRun, rows.Count), selection));
        _used = runs;
    }

    /// <summary>Writes the lines in the rows' order; stops only between lines, so that what is written is whole.</summary>
    public void WriteTo(Stream output, CancellationToken stop)
    {
        for (var run = 0; run < _used; run++)
        {
            stop.ThrowIfCancellationRequested();
            output.Write(_runs[run].Lines);
        }
    }

    public void Dispose() => _runs.ForEach(run => run.Dispose());

    private sealed class Run : IDisposable
    {
        private readonly ArrayBufferWriter<byte> _lines = new();
        private readonly Utf8JsonWriter _json;

        public Run() => _json = new Utf8JsonWriter(_lines, _format);

        public ReadOnlySpan<byte> Lines => _lines.WrittenSpan;

        public void Score(List<FileRecord> rows, int from, int to, ModelSelection selection)
        {
            _lines.ResetWrittenCount();
            for (var i = from; i < to; i++)
            {
                if (rows[i].Row is { } row)
                {
                    Write(row, selection);
                }
            }
        }

        public void Dispose() => _json.Dispose();

        private void Write(CommentRow row, ModelSelection selection)
        {
            var probability = selection.Scorer.Score(row.Body);
            _json.Reset();
            _json.WriteStartObject();
            _json.WriteString("id"u8, row.Id);
            _json.WriteNumber("probability"u8, Math.Round(probability, 6));
            _json.WriteBoolean("flagged"u8, ThresholdTable.Flags(probability, selection.Threshold));
            _json.WriteString("model"u8, selection.Version);
            _json.WriteEndObject();
            _json.Flush();
            _lines.Write("\n"u8);
        }
    }
}
