namespace Moderation.Data.Reading;

/// <summary>A comment that came too late for every window of its time.</summary>
/// <param name="CreatedAt">Event time.</param>
/// <param name="ReceivedAt">Processing time.</param>
/// <param name="LateBy">How far its own time was behind the newest comment of its source when it came; above zero.</param>
public sealed record LateItem(long Id, string Source, string Community, DateTimeOffset CreatedAt, DateTimeOffset ReceivedAt, TimeSpan LateBy);
