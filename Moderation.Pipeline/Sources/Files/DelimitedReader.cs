using System.Globalization;

using CsvHelper;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>Reads CSV and TSV with a header line, quoted as in RFC 4180.</summary>
internal sealed class DelimitedReader : RecordReader
{
    private readonly string _name;
    private readonly CommentFileOptions _options;
    private readonly CsvReader _csv;
    private readonly string[] _columnNames;
    private readonly List<(CommentColumn Column, int Index)> _columns;
    private readonly (long Records, long Lines, long Bytes) _skipped;
    private string? _malformed;
    private long _read;

    /// <param name="stream">From the file's beginning; what is left out lies between the header and the first record.</param>
    /// <param name="skipped">What is left out of it.</param>
    /// <exception cref="SourceException">There is no header, or it lacks a column that is needed.</exception>
    public DelimitedReader(
        Stream stream, string name, DeadLetterForm form, CommentFileOptions options, (long Records, long Lines, long Bytes) skipped = default)
    {
        (_name, _options, _skipped, Form) = (name, options, skipped, form);
        _csv = CsvReader.Create(stream, new CsvReaderOptions
        {
            Separator = form == DeadLetterForm.Tsv ? '\t' : ',',
            DetectSeparatorHint = false,

            // Read as a record: its names may be Windows-1252 like all else.
            HasHeader = false,
            MaxRecordSize = LongestRecord,
            TrackLineNumbers = true,
            BufferSize = BufferSize,
            OnMalformedRecord = record => _malformed = Describe(record.Reason) ?? _malformed,
        }, leaveOpen: true);
        try
        {
            if (!Step())
            {
                throw new SourceException($"{name} is empty: it has no header line.");
            }

            Header = Windows1252Fallback.Encoding.GetString(_csv.RawRecord);
            _columnNames = [.. Enumerable.Range(0, _csv.FieldCount).Select(Field)];
            _columns = FindColumns(_columnNames);
        }
        catch
        {
            _csv.Dispose();
            throw;
        }
    }

    public override ReadOnlySpan<byte> Raw => _csv.RawRecord;

    public override string Header { get; }

    public override DeadLetterForm Form { get; }

    public override bool Read()
    {
        _malformed = null;
        if (!Step())
        {
            return false;
        }

        Number = _skipped.Records + ++_read;
        Line = _skipped.Lines + _csv.LineNumber;
        Offset = _skipped.Bytes + _csv.ByteOffset;
        var problem = _malformed ?? (_csv.FieldCount == _columnNames.Length
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"It has {_csv.FieldCount} fields where the header has {_columnNames.Length}."));
        (Row, Problem) = problem is null ? (ToRow(), "") : (null, problem);
        return true;
    }

    public override void Dispose()
    {
        _csv.Dispose();
        base.Dispose();
    }

    private CommentRow ToRow()
    {
        var values = new RowValues();
        foreach (var (column, index) in _columns)
        {
            values[column] = Field(index);
        }

        return new CommentRow(Number, Line, values);
    }

    private string Field(int index) => Windows1252Fallback.Encoding.GetString(_csv.GetSpan(index));

    /// <summary>A quote inside an unquoted field is kept as text: people write them, and nothing is lost.</summary>
    private static string? Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.TextAfterClosingQuote =>
            "Text follows a closing quote: a quote inside a quoted field is written twice.",
        CsvMalformedReason.UnterminatedQuote =>
            "A quote is opened and never closed, so the rest of the file became one field.",
        _ => null,
    };

    private bool Step()
    {
        try
        {
            return _csv.Read();
        }
        catch (CsvFormatException e)
        {
            throw new SourceException(
                $"{_name} cannot be read on from line {e.LineNumber + _skipped.Lines}: {e.Message} A closing quote may be missing; a record may have up to {LongestRecord / 1024 / 1024} MB.", e);
        }
    }

    private List<(CommentColumn Column, int Index)> FindColumns(string[] header)
    {
        var columns = new List<(CommentColumn, int)>();
        foreach (var column in ColumnNames.All)
        {
            var given = _options.NameFor(column);
            var index = given is null ? ColumnNames.Guess(column, header) : ColumnNames.Find(given, header);
            if (index >= 0)
            {
                columns.Add((column, index));
            }
            else if (given is not null)
            {
                throw new SourceException($"{_name} has no column '{given}'. Its columns are: {Listed(header)}.");
            }
            else if (column == CommentColumn.Body)
            {
                throw new SourceException(
                    $"{_name} has no column that looks like the comments' text. Its columns are: {Listed(header)}. Name the right one with --text-column.");
            }
            else if (column == CommentColumn.Label && _options.LabelRequired)
            {
                throw new SourceException(
                    $"{_name} has no column that looks like a label (1 for removed, 0 for kept). Its columns are: {Listed(header)}. Name the right one with --label-column.");
            }
        }

        return columns;
    }

    private static string Listed(string[] header)
    {
        var listed = string.Join(", ", header.Take(30).Select(column => column.Length == 0 ? "(no name)" : column.Length > 60 ? column[..60] + "…" : column));
        return header.Length > 30 ? listed + ", …" : listed;
    }
}
