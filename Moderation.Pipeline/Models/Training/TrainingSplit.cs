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
        List<TrainingText> test = testRows is null
            ? distinct.FindAll(row => row.IsHeldOut(heldOut))
            : [.. testRows.AsParallel().AsOrdered().Select(TrainingText.Of)];
        var measured = test.Select(row => row.Hash).ToHashSet();
        var fit = distinct.FindAll(row => !measured.Contains(row.Hash));
        return new TrainingSplit
        {
            Fit = fit,
            Test = test,
            Notices = rows.Count - comments.Count,
            Duplicates = comments.Count - distinct.Count,
            Shared = testRows is null ? 0 : distinct.Count - fit.Count,
        };
    }

    private static List<TrainingText> Distinct(List<LabelledComment> rows)
    {
        // Rows with the same text and different labels collapse into the first by label; the data's noise is no secret.
        var hashed = rows.AsParallel().AsOrdered().Select(TrainingText.Of).ToList();
        hashed.Sort(static (a, b) =>
        {
            var byHash = a.Hash.CompareTo(b.Hash);
            if (byHash != 0)
            {
                return byHash;
            }

            var byLabel = a.Removed.CompareTo(b.Removed);
            if (byLabel != 0)
            {
                return byLabel;
            }

            var byBody = string.CompareOrdinal(a.Body, b.Body);
            return byBody != 0 ? byBody : a.Group.CompareTo(b.Group);
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
