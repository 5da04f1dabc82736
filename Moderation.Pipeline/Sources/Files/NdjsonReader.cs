namespace Moderation.Pipeline.Sources.Files;

/// <summary>Reads one JSON object a line.</summary>
/// <param name="records">How many records of the file lie before the first line.</param>
internal sealed class NdjsonReader(LineReader lines, string name, CommentFileOptions options, long records) : RecordReader
{
    private readonly NdjsonParser _parser = new(options);
    private string? _lastProblem;
    private bool _anyRow = records > 0;

    public override ReadOnlySpan<byte> Raw => lines.Bytes;

    public override DeadLetterForm Form => DeadLetterForm.Ndjson;

    public override bool Read()
    {
        while (lines.Read())
        {
            if (IsBlank(lines.Bytes))
            {
                continue;
            }

            Number = ++records;
            Line = lines.Line;
            Offset = lines.Offset;
            if (_parser.TryParse(lines.Bytes, Number, Line, out var row, out var reason))
            {
                (Row, Problem, _anyRow) = (row, "", true);
            }
            else
            {
                (Row, Problem, _lastProblem) = (null, reason, reason);
            }

            return true;
        }

        if (!_anyRow && _lastProblem is not null && (options.BodyColumn ?? options.LabelColumn) is not null)
        {
            // A name that no line has is a mistake in the command, not in every line.
            throw new SourceException($"{name} has no readable line. The last problem: {_lastProblem}");
        }

        return false;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) =>
        line.IsEmpty || (line[0] != '{' && string.IsNullOrWhiteSpace(Windows1252Fallback.Encoding.GetString(line)));
}
