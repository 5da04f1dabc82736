namespace Moderation.Pipeline.Models.Exploration;

/// <summary>How long the texts are, all and by label.</summary>
/// <param name="All">Null without rows, as are the other two without rows of their label.</param>
public sealed record LengthSummary(
    LengthQuantiles? All, LengthQuantiles? Removed, LengthQuantiles? Kept, IReadOnlyList<LengthBin> Histogram)
{
    // Each bin starts about twice as far out as the one before: lengths spread over four orders of magnitude.
    private static readonly int[] _starts = [0, 25, 50, 100, 200, 400, 800, 1_600];

    internal static LengthSummary Of(IReadOnlyList<(int Length, bool Removed)> rows)
    {
        var removed = new int[_starts.Length];
        var kept = new int[_starts.Length];
        foreach (var row in rows)
        {
            (row.Removed ? removed : kept)[Array.FindLastIndex(_starts, start => start <= row.Length)]++;
        }

        return new LengthSummary(
            LengthQuantiles.Of(rows.Select(row => row.Length)),
            LengthQuantiles.Of(rows.Where(row => row.Removed).Select(row => row.Length)),
            LengthQuantiles.Of(rows.Where(row => !row.Removed).Select(row => row.Length)),
            [.. _starts.Select((start, bin) => new LengthBin(start, bin + 1 < _starts.Length ? _starts[bin + 1] - 1 : null, removed[bin], kept[bin]))]);
    }
}
