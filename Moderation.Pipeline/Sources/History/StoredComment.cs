namespace Moderation.Pipeline.Sources.History;

/// <summary>A comment as it is stored, with its newest text.</summary>
/// <param name="ExternalId">Its source's own id.</param>
/// <param name="CreatedAt">Event time.</param>
public sealed record StoredComment(TextKey Text, string ExternalId, string Community, DateTimeOffset CreatedAt, string Body);
