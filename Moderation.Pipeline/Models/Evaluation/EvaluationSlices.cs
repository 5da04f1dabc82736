using System.Globalization;

using Moderation.Pipeline.Models.Training;

namespace Moderation.Pipeline.Models.Evaluation;

/// <summary>Measures parts of the rows on their own: a model can be good on the whole and blind for some.</summary>
public static class EvaluationSlices
{
    public const string Length = "length";
    public const string Community = "community";

    /// <summary>Communities beyond these, the smallest ones, are measured together.</summary>
    public const int MostCommunities = 12;

    // The longest text of each band, in characters (UTF-16 units).
    private static readonly int[] _bandEnds = [40, 80, 200, 500, 1_000, int.MaxValue];

    /// <summary>Slices by length, the shortest first, then by community, the largest first, if the file names any.</summary>
    /// <param name="scores">One for each comment, in the same order.</param>
    public static IReadOnlyList<EvaluationSlice> Of(
        IReadOnlyList<LabelledComment> comments, IReadOnlyList<ScoredLabel> scores, double threshold)
    {
        ArgumentNullException.ThrowIfNull(comments);
        ArgumentNullException.ThrowIfNull(scores);
        var byLength = comments.Zip(scores).GroupBy(pair => Band(pair.First.Body.Length), pair => pair.Second).OrderBy(group => group.Key);
        return [
            .. byLength.Select(group => Measure(Length, BandName(group.Key), [.. group], threshold)),
            .. ByCommunity(comments, scores, threshold),
        ];
    }

    private static IEnumerable<EvaluationSlice> ByCommunity(
        IReadOnlyList<LabelledComment> comments, IReadOnlyList<ScoredLabel> scores, double threshold)
    {
        if (comments.All(comment => comment.Community is null))
        {
            return [];
        }

        var groups = comments.Zip(scores)
            .GroupBy(pair => pair.First.Community ?? Sources.IncomingComment.DefaultCommunity, pair => pair.Second)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        var named = groups.Take(MostCommunities).Select(group => Measure(Community, group.Key, [.. group], threshold));
        return groups.Count <= MostCommunities
            ? named
            : named.Append(Measure(
                Community,
                string.Create(CultureInfo.InvariantCulture, $"{groups.Count - MostCommunities:N0} others"),
                [.. groups.Skip(MostCommunities).SelectMany(group => group)],
                threshold));
    }

    private static EvaluationSlice Measure(string by, string name, ScoredLabel[] rows, double threshold) =>
        new(by, name, rows.Count(row => row.Removed) / (double)rows.Length, ModelEvaluator.Evaluate(rows, threshold));

    private static int Band(int length) => Array.FindIndex(_bandEnds, end => length <= end);

    private static string BandName(int band) => band == _bandEnds.Length - 1
        ? string.Create(CultureInfo.InvariantCulture, $"over {_bandEnds[band - 1]:N0}")
        : string.Create(CultureInfo.InvariantCulture, $"{(band == 0 ? 0 : _bandEnds[band - 1] + 1):N0}–{_bandEnds[band]:N0}");
}
