using System.Text;

namespace Moderation.Pipeline.Sources.Files;

/// <summary>Reads a dead letter again, with the code that reads files.</summary>
public static class DeadLetterParser
{
    /// <summary>Makes a comment of a dead letter, or says in a sentence why it still cannot be one.</summary>
    public static bool TryRead(DeadLetter letter, out IncomingComment comment, out string reason)
    {
        ArgumentNullException.ThrowIfNull(letter);
        comment = null!;
        if (letter.Cut)
        {
            reason = $"It was too long to keep whole: more than {DeadLetter.MaxOriginalLength:N0} characters. Read its file again.";
            return false;
        }

        try
        {
            return TryReadRow(letter, out var row, out reason) && row.TryToComment(out comment, out reason);
        }
        catch (SourceException e)
        {
            reason = e.Message;
            return false;
        }
    }

    private static bool TryReadRow(DeadLetter letter, out CommentRow row, out string reason)
    {
        row = null!;
        var options = new CommentFileOptions { BodyColumn = letter.TextColumn };
        switch (letter.Form)
        {
            case DeadLetterForm.Ndjson:
                return new NdjsonParser(options).TryParse(Encoding.UTF8.GetBytes(letter.Original), letter.Record, 1, out row, out reason);
            case DeadLetterForm.Csv or DeadLetterForm.Tsv when letter.Header is { } header:
                return TryReadDelimited(letter, header, options, out row, out reason);
            default:
                reason = "It was kept without the form it is written in. Read its source again.";
                return false;
        }
    }

    private static bool TryReadDelimited(DeadLetter letter, string header, CommentFileOptions options, out CommentRow row, out string reason)
    {
        row = null!;
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes($"{header}\n{letter.Original}"));
        using var reader = new DelimitedReader(bytes, "The dead letter", letter.Form, options, (letter.Record - 1, 0, 0));
        if (!reader.Read())
        {
            reason = "It is empty.";
            return false;
        }

        (row, reason) = (reader.Row!, reader.Problem);
        if (row is null)
        {
            return false;
        }

        reason = reader.Read() ? "It is more than one record." : "";
        return reason.Length == 0;
    }
}
