namespace Moderation.Pipeline.Models.Training;

/// <summary>Labelled rows, sorted out: what to fit on, what to measure on, what was dropped. No text stands on both sides.</summary>
internal sealed record TrainingSplit
{
    /// <summary>Distinct texts in the order of their hashes, so that the order of the input cannot matter.</summary>
    public required IReadOnlyList<TrainingText> Fit { get; init; }

    public required IReadOnlyList<TrainingText> Test { get; init; }

    /// <summary>Training rows dropped because they are moderators' notices.</summary>
    public required int Notices { get; init; }

    /// <summary>Training rows dropped because another one has the same text, or because as many removed the text as kept it.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Training rows dropped because their text, or one of its group, is to be measured on.</summary>
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
        var measuredGroups = test.Select(row => row.Group).ToHashSet();
        var fit = distinct.FindAll(row => !measured.Contains(row.Hash) && !measuredGroups.Contains(row.Group));
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
        var hashed = rows.AsParallel().AsOrdered().Select(TrainingText.Of).ToList();
        hashed.Sort(static (a, b) =>
        {
            var byHash = a.Hash.CompareTo(b.Hash);
            var byBody = byHash != 0 ? byHash : string.CompareOrdinal(a.Body, b.Body);
            return byBody != 0 ? byBody : a.Group.CompareTo(b.Group);
        });
        var distinct = new List<TrainingText>(hashed.Count);
        for (var i = 0; i < hashed.Count;)
        {
            var first = hashed[i];
            var (same, removed) = (0, 0);
            for (; i < hashed.Count && hashed[i].Hash == first.Hash; i++)
            {
                same++;
                removed += hashed[i].Removed ? 1 : 0;
            }

            // What most moderators did counts; where they were even, nothing can be learnt.
            if (2 * removed != same)
            {
                distinct.Add(first with { Removed = 2 * removed > same });
            }
        }

        return distinct;
    }
}
