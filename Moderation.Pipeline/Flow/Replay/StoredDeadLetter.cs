using Moderation.Pipeline.Sources;

namespace Moderation.Pipeline.Flow.Replay;

/// <summary>A dead letter that waits in the store.</summary>
public sealed record StoredDeadLetter(long Id, string Source, DeadLetter Letter);
