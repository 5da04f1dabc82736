namespace Moderation.Pipeline.Sources.Files;

/// <summary>Reads one text a line.</summary>
/// <param name="records">How many lines of the file lie before the first.</param>
internal sealed class PlainTextReader(LineReader lines, long records) : RecordReader
{
    public override ReadOnlySpan<byte> Raw => lines.Bytes;

    public override DeadLetterForm Form => DeadLetterForm.Unknown;

    public override bool Read()
    {
        if (!lines.Read())
        {
            return false;
        }

        Number = ++records;
        Line = lines.Line;
        Offset = lines.Offset;
        var values = new RowValues { [CommentColumn.Body] = Windows1252Fallback.Encoding.GetString(lines.Bytes) };
        Row = new CommentRow(Number, Line, values);
        return true;
    }
}
