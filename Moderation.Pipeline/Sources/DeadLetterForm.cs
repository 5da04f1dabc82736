namespace Moderation.Pipeline.Sources;

/// <summary>How a dead letter's original is written. The numbers are stored.</summary>
public enum DeadLetterForm
{
    /// <summary>Nobody knows; it cannot be read again.</summary>
    Unknown = 0,

    /// <summary>One JSON object.</summary>
    Ndjson = 1,

    /// <summary>One record of a CSV file, whose header is kept beside it.</summary>
    Csv = 2,

    /// <summary>One record of a TSV file, whose header is kept beside it.</summary>
    Tsv = 3,
}
