namespace Moderation.Pipeline.Sources.Files;

/// <summary>Reads one text a line.</summary>
internal static class PlainTextReader
{
    public static IEnumerable<FileRecord> Read(TextReader reader)
    {
        long number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            yield return new FileRecord(
                number, new CommentRow(number, number, new Dictionary<CommentColumn, string> { [CommentColumn.Body] = line }), null);
        }
    }
}
