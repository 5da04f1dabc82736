namespace Moderation.Pipeline.Models.Exploration;

/// <summary>Texts that occur more than once, compared without case, spacing and mark-up.</summary>
/// <param name="DistinctTexts">How many different texts there are.</param>
/// <param name="RepeatedRows">Rows whose text another row has already: all rows less the distinct texts.</param>
/// <param name="ConflictingTexts">Texts that were removed in one row and kept in another.</param>
/// <param name="ConflictingRows">The rows with such a text; no model can be right on all of them.</param>
public sealed record DuplicateSummary(int DistinctTexts, int RepeatedRows, int ConflictingTexts, int ConflictingRows)
{
    internal static DuplicateSummary Of(IReadOnlyList<(UInt128 Hash, bool Removed)> rows)
    {
        var counts = new Dictionary<UInt128, (int Removed, int Kept)>(rows.Count);
        foreach (var (hash, removed) in rows)
        {
            var (countRemoved, countKept) = counts.GetValueOrDefault(hash);
            counts[hash] = removed ? (countRemoved + 1, countKept) : (countRemoved, countKept + 1);
        }

        var conflicting = counts.Values.Where(count => count is { Removed: > 0, Kept: > 0 }).ToList();
        return new DuplicateSummary(counts.Count, rows.Count - counts.Count, conflicting.Count, conflicting.Sum(count => count.Removed + count.Kept));
    }
}
