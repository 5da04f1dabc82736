namespace Moderation.Pipeline.Flow.Replay;

/// <summary>What trying dead letters again came to.</summary>
/// <param name="Replayed">They are comments now, committed; known ones and withdrawals included.</param>
/// <param name="Failed">They wait as before, with their new reasons.</param>
/// <param name="Gone">There is no such letter, or it was closed before.</param>
/// <param name="Failures">The first <see cref="MostFailures"/> of those that failed.</param>
public sealed record ReplayRun(long Replayed, long Failed, long Gone, IReadOnlyList<FailedReplay> Failures)
{
    /// <summary>Most failures that are told one by one.</summary>
    public const int MostFailures = 20;

    public static ReplayRun Nothing { get; } = new(0, 0, 0, []);

    public ReplayRun With(FailedReplay failure) => this with
    {
        Failed = Failed + 1,
        Failures = Failures.Count < MostFailures ? [.. Failures, failure] : Failures,
    };
}
