namespace Moderation.Pipeline.Flow.Replay;

/// <summary>A dead letter that could not become a comment this time either.</summary>
/// <param name="Reason">One sentence: what is wrong with it now.</param>
public sealed record FailedReplay(long Id, string Reason);
