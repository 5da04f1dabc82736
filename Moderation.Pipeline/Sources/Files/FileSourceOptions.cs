namespace Moderation.Pipeline.Sources.Files;

/// <summary>Settings of a file source.</summary>
public sealed record FileSourceOptions
{
    public required string Name { get; init; }

    public required string Path { get; init; }

    public CommentFileOptions Columns { get; init; } = new();

    /// <summary>Comments a second; null means as fast as the flow takes them.</summary>
    public double? Rate { get; init; }

    /// <summary>
    /// Somebody may be appending to the file: a last record without a line end is read only once the file has stood still between
    /// two readings, since half of it can look like a whole one.
    /// </summary>
    public bool Follow { get; init; }

    /// <summary>Most comments in a batch.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>With a rate: how long comments are gathered for a batch.</summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMilliseconds(100);
}
