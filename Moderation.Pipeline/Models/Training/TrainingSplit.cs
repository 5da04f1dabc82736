namespace Moderation.Pipeline.Models.Training;

/// <summary>Labelled rows, sorted out: what to fit on, what to measure on, what was dropped. No text stands on both sides.</summary>
internal sealed record TrainingSplit
{
    /// <summary>Distinct texts in the order of their hashes, so that the order of the input cannot matter.</summary>
    public required IReadOnlyList<TrainingText> Fit { get; init; }

    public required IReadOnlyList<TrainingText> Test { get; init; }

    /// <summary>Training rows dropped because they are moderators' notices.</summary>
    public required int Notices { get; init; }

    /// <summary>Training rows dropped because another one has the same text.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Training rows dropped because their text is to be measured on.</summary>
    public required int Shared { get; init; }

    /// <param name="testRows">When null, the share <paramref name="heldOut"/> of the rows is measured on, chosen by text.</param>
    public static TrainingSplit Of(
        IReadOnlyCollection<LabelledComment> rows, IReadOnlyCollection<LabelledComment>? testRows, double heldOut)
    {
        var comments = rows.Where(row => !ModerationNotice.Matches(row.Body)).ToList();
        var distinct = Distinct(comments);
        var isHeldOut = IsIn(testRows is null ? null : [.. testRows.AsParallel().Select(row => TextHash.Of(row.Body))], heldOut);
        var fit = distinct.FindAll(row => !isHeldOut(row.Hash));
        return new TrainingSplit
        {
            Fit = fit,
            Test = testRows is null
                ? distinct.FindAll(row => isHeldOut(row.Hash))
                : [.. testRows.Select(row => new TrainingText(TextHash.Of(row.Body), row.Body, row.Removed))],
            Notices = rows.Count - comments.Count,
            Duplicates = comments.Count - distinct.Count,
            Shared = testRows is null ? 0 : distinct.Count - fit.Count,
        };
    }

    private static Func<UInt128, bool> IsIn(HashSet<UInt128>? test, double share) =>
        test is null ? hash => (double)(ulong)hash / ulong.MaxValue < share : test.Contains;

    private static List<TrainingText> Distinct(List<LabelledComment> rows)
    {
        // Rows with the same text and different labels collapse into the first by label; the data's noise is no secret.
        var hashed = rows.AsParallel().AsOrdered().Select(row => new TrainingText(TextHash.Of(row.Body), row.Body, row.Removed)).ToList();
        hashed.Sort(static (a, b) =>
        {
            var byHash = a.Hash.CompareTo(b.Hash);
            if (byHash != 0)
            {
                return byHash;
            }

            var byLabel = a.Removed.CompareTo(b.Removed);
            return byLabel != 0 ? byLabel : string.CompareOrdinal(a.Body, b.Body);
        });
        var distinct = new List<TrainingText>(hashed.Count);
        foreach (var row in hashed)
        {
            if (distinct.Count == 0 || distinct[^1].Hash != row.Hash)
            {
                distinct.Add(row);
            }
        }

        return distinct;
    }
}
