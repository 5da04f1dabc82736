namespace Moderation.Pipeline.Sources;

/// <summary>A comment as its source tells it, before anything has been decided about it.</summary>
public sealed record IncomingComment
{
    /// <summary>The community of a comment whose source names none.</summary>
    public const string DefaultCommunity = "default";

    /// <summary>The id that is unique within the source. Never empty.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The text as it was written; may be empty, may be a megabyte, is never trusted.</summary>
    public required string Body { get; init; }

    public string? Author { get; init; }

    public string Community { get; init; } = DefaultCommunity;

    public string? ThreadId { get; init; }

    public string? ParentId { get; init; }

    public string? Url { get; init; }

    /// <summary>Votes at the source, where it counts any.</summary>
    public int? Score { get; init; }

    /// <summary>Event time: when the author wrote it. Null means "when it reached us".</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The comment was withdrawn at its source; it leaves the queue.</summary>
    public bool Deleted { get; init; }
}
