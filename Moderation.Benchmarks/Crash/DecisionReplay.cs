namespace Moderation.Benchmarks.Crash;

/// <summary>Where a comment must stand: its texts and decisions played once more, by the rules of the desk.</summary>
internal static class DecisionReplay
{
    /// <summary>A decision names the text that its person saw, so the order of edits and decisions is known.</summary>
    /// <param name="versions">In their order.</param>
    /// <param name="decisions">In their order.</param>
    public static bool Explains(StoredComment comment, IReadOnlyList<StoredVersion> versions, IReadOnlyList<StoredDecision> decisions)
    {
        var status = StoredStatus.Unflagged;
        StoredDecision? inForce = null;
        foreach (var version in versions)
        {
            status = Returns(version, status) ? StoredStatus.Pending : status;
            foreach (var decision in decisions.Where(decision => decision.TextVersion == version.TextVersion))
            {
                // When the comment was withdrawn is not known beside its decisions; its status is then taken from them.
                status = comment.Withdrawn ? decision.Before : status;
                var undone = decision.Action == "undo" ? inForce : null;
                if (decision.PreviousId != inForce?.Id || decision.UndoesId != undone?.Id || decision.Before != status)
                {
                    return false;
                }

                if (!comment.Withdrawn && After(decision, undone, version) != decision.After)
                {
                    return false;
                }

                status = decision.After;
                inForce = decision.Action switch
                {
                    "skip" => inForce,
                    "undo" => decisions.FirstOrDefault(earlier => earlier.Id == undone!.PreviousId),
                    _ => decision,
                };
            }
        }

        return comment.DecisionId == inForce?.Id
            && comment.EditedAfterDecision == (inForce is not null && inForce.TextVersion != comment.TextVersion)
            && (comment.Withdrawn || comment.Status == status);
    }

    /// <summary>A text over the threshold puts a comment into the queue that is not there and was not removed.</summary>
    private static bool Returns(StoredVersion version, StoredStatus status) =>
        version.Flagged && (status is StoredStatus.Unflagged or StoredStatus.Approved);

    private static StoredStatus After(StoredDecision decision, StoredDecision? undone, StoredVersion version) => decision.Action switch
    {
        "approve" => StoredStatus.Approved,
        "remove" => StoredStatus.Removed,
        "escalate" => StoredStatus.Escalated,
        "skip" => decision.Before,
        _ => undone!.TextVersion != version.TextVersion && Returns(version, undone.Before) ? StoredStatus.Pending : undone.Before,
    };
}
