namespace Moderation.Benchmarks.Crash;

/// <summary>Holds the decisions on record against those that were asked for.</summary>
internal sealed class DecisionVerifier(DeskDatabase database, CrashFindings findings)
{
    // By the numbers that are stored.
    private static readonly string[] _actions = ["", "approve", "remove", "skip", "escalate", "undo"];

    /// <summary>All that are on record, in their order.</summary>
    public IReadOnlyList<StoredDecision> Read() => [.. database.Rows(
        """
        SELECT "Id", "CommentId", "TextVersion", "Action", "Note", "StatusBefore", "StatusAfter", "PreviousId", "UndoesId"
        FROM "Decisions" ORDER BY "Id"
        """,
        static row => new StoredDecision(
            row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), _actions[row.GetInt32(3)], row.IsDBNull(4) ? null : row.GetString(4),
            (StoredStatus)row.GetInt32(5), (StoredStatus)row.GetInt32(6), row.IsDBNull(7) ? null : row.GetInt64(7), row.IsDBNull(8) ? null : row.GetInt64(8)))];

    public void Verify(IReadOnlyList<MadeDecision> made, IReadOnlyList<StoredDecision> stored)
    {
        var byNote = stored.ToLookup(decision => decision.Note, StringComparer.Ordinal);
        var known = 0;
        foreach (var decision in made)
        {
            var rows = byNote[decision.Note].ToList();
            known += rows.Count;
            var fits = decision.Record switch
            {
                OnRecord.Once => rows.Count == 1,
                OnRecord.Never => rows.Count == 0,
                _ => rows.Count <= 1,
            };
            findings.Expect(fits, $"'{decision.Note}' is on record {rows.Count} times and must be {decision.Record}");
            findings.Expect(
                rows.TrueForAll(row => row.CommentId == decision.CommentId && row.Action == decision.Action), $"'{decision.Note}' is on record as another one");
        }

        findings.Expect(known == stored.Count, $"{stored.Count - known} decisions on record were never asked for");
    }
}
