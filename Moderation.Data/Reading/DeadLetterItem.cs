namespace Moderation.Data.Reading;

/// <summary>A dead letter that waits, as it is listed.</summary>
/// <param name="Place">Where it stands in its source, in words.</param>
/// <param name="Attempts">How often it was tried again in vain.</param>
public sealed record DeadLetterItem(long Id, string Source, string Place, string Reason, DateTimeOffset At, int Attempts);
