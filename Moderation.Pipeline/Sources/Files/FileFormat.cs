namespace Moderation.Pipeline.Sources.Files;

/// <summary>The forms that comment files come in.</summary>
public enum FileFormat
{
    Csv,
    Tsv,

    /// <summary>One JSON object a line.</summary>
    Ndjson,

    /// <summary>One text a line, nothing else; only where a caller asks for it.</summary>
    Text,
}
