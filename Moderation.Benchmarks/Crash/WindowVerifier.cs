namespace Moderation.Benchmarks.Crash;

/// <summary>Holds the stored windows and clocks against those that follow from the comments.</summary>
internal sealed class WindowVerifier(DeskDatabase database, CrashFindings findings)
{
    /// <summary>Probabilities are summed in steps of this size.</summary>
    private const double Step = 1.0 / (1 << 24);

    private const string Windows =
        """
        SELECT s."Name", m."Name", w."Minutes", w."Start", w."Count", w."Flagged", w."ScoreSum",
            w."Bin0", w."Bin1", w."Bin2", w."Bin3", w."Bin4", w."Bin5", w."Bin6", w."Bin7", w."Bin8", w."Bin9"
        FROM "Windows" AS w JOIN "Sources" AS s ON s."Id" = w."SourceId" JOIN "Communities" AS m ON m."Id" = w."CommunityId"
        WHERE w."Count" <> 0
        """;

    public void Verify(ExpectedWindows expected)
    {
        var found = 0;
        var stored = database.Rows(Windows, static row => (
            Key: (row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3)), Count: row.GetInt64(4), Flagged: row.GetInt64(5),
            ScoreSum: row.GetDouble(6), Bins: Enumerable.Range(7, 10).Select(row.GetInt64).ToList()));
        foreach (var window in stored)
        {
            found++;
            var fits = expected.Windows.TryGetValue(window.Key, out var wanted)
                && (window.Count, window.Flagged) == (wanted.Count, wanted.Flagged)
                && Math.Abs(window.ScoreSum - wanted.ScoreSum) <= Step * window.Count
                && window.Bins.SequenceEqual(wanted.Bins);
            findings.Expect(fits, $"window {window.Key} has {window.Count} comments, {window.Flagged} flagged, and must have {wanted?.Count ?? 0} and {wanted?.Flagged ?? 0}");
        }

        findings.Expect(found == expected.Windows.Count, $"{found} windows are there and must be {expected.Windows.Count}");
        VerifyClocks(expected);
    }

    private void VerifyClocks(ExpectedWindows expected)
    {
        var clocks = database.Rows(
            """SELECT s."Name", c."Greatest", c."Late", c."Clamped" FROM "SourceClocks" AS c JOIN "Sources" AS s ON s."Id" = c."SourceId" """,
            static row => (Source: row.GetString(0), Greatest: row.IsDBNull(1) ? (long?)null : row.GetInt64(1), Late: row.GetInt64(2), Clamped: row.GetInt64(3))).ToList();
        findings.Expect(clocks.Count == expected.Clocks.Count, $"{clocks.Count} clocks are there and must be {expected.Clocks.Count}");
        foreach (var clock in clocks)
        {
            findings.Expect(
                expected.Clocks.TryGetValue(clock.Source, out var wanted)
                    && (clock.Greatest, clock.Late, clock.Clamped) == (wanted.Greatest, wanted.Late, wanted.Clamped),
                $"the clock of source {clock.Source} says {clock}, and must say {wanted?.Greatest}, {wanted?.Late}, {wanted?.Clamped}");
        }
    }
}
