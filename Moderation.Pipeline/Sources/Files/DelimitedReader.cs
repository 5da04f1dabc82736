using System.Globalization;

using CsvHelper;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>Reads CSV and TSV with a header line, quoted as in RFC 4180.</summary>
internal sealed class DelimitedReader(string name, char separator, CommentFileOptions options)
{
    /// <summary>Longest record, in bytes of UTF-8. A longer one is most likely a quote that was never closed.</summary>
    private const int LongestRecord = 32 * 1024 * 1024;

    public IEnumerable<FileRecord> Read(TextReader reader)
    {
        string? problem = null;
        using var csv = CsvReader.Create(reader, new CsvReaderOptions
        {
            Separator = separator,
            DetectSeparatorHint = false,
            MaxRecordSize = LongestRecord,
            TrackLineNumbers = true,
            BufferSize = 1 << 16,
            OnMalformedRecord = record => problem = Describe(record.Reason) ?? problem,
        }, leaveOpen: true);

        Step(() => { csv.ReadHeader(); return true; });
        var header = csv.Headers.ToArray();
        if (header.Length == 0)
        {
            throw new SourceException($"{name} is empty: it has no header line.");
        }

        var columns = FindColumns(header);
        problem = null;
        for (long number = 1; Step(csv.Read); number++)
        {
            problem ??= csv.FieldCount == header.Length
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"It has {csv.FieldCount} fields where the header has {header.Length}.");
            yield return problem is null ? Row(csv, number, columns) : Broken(csv, number, problem);
            problem = null;
        }
    }

    private static FileRecord Row(CsvReader csv, long number, List<(CommentColumn Column, int Index)> columns)
    {
        var values = new Dictionary<CommentColumn, string>(columns.Count);
        foreach (var (column, index) in columns)
        {
            values[column] = csv.GetString(index);
        }

        return new FileRecord(number, new CommentRow(number, csv.LineNumber, values), null);
    }

    private static FileRecord Broken(CsvReader csv, long number, string reason)
    {
        var raw = csv.RawRecord;
        var original = System.Text.Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, DeadLetter.MaxOriginalLength)]);
        return new FileRecord(
            number, null, DeadLetter.Create(string.Create(CultureInfo.InvariantCulture, $"line {csv.LineNumber}"), reason, original));
    }

    /// <summary>A quote inside an unquoted field is kept as text: people write them, and nothing is lost.</summary>
    private static string? Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.TextAfterClosingQuote =>
            "Text follows a closing quote: a quote inside a quoted field is written twice.",
        CsvMalformedReason.UnterminatedQuote =>
            "A quote is opened and never closed, so the rest of the file became one field.",
        _ => null,
    };

    private T Step<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (CsvFormatException e)
        {
            throw new SourceException(
                $"{name} cannot be read on from line {e.LineNumber}: {e.Message} A closing quote may be missing; a record may have up to {LongestRecord / 1024 / 1024} MB.", e);
        }
    }

    private List<(CommentColumn Column, int Index)> FindColumns(string[] header)
    {
        var columns = new List<(CommentColumn, int)>();
        foreach (var column in ColumnNames.All)
        {
            var given = options.NameFor(column);
            var index = given is null ? ColumnNames.Guess(column, header) : ColumnNames.Find(given, header);
            if (index >= 0)
            {
                columns.Add((column, index));
            }
            else if (given is not null)
            {
                throw new SourceException($"{name} has no column '{given}'. Its columns are: {Listed(header)}.");
            }
            else if (column == CommentColumn.Body)
            {
                throw new SourceException(
                    $"{name} has no column that looks like the comments' text. Its columns are: {Listed(header)}. Name the right one with --text-column.");
            }
            else if (column == CommentColumn.Label && options.LabelRequired)
            {
                throw new SourceException(
                    $"{name} has no column that looks like a label (1 for removed, 0 for kept). Its columns are: {Listed(header)}. Name the right one with --label-column.");
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
