using CsCheck;

using Moderation.Pipeline.Models.Training;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Models.Training;

public sealed class TrainingSplitTests
{
    [Fact]
    public void Notices_duplicates_and_texts_measured_on_are_dropped_and_counted()
    {
        var rows = TestModels.Rows(20);
        List<LabelledComment> input =
        [
            .. rows,
            rows[0] with { Body = "  " + rows[0].Body.ToUpperInvariant() },
            new("Your submission has been removed for the following reason", true),
            new("Why are so many comments gone?", false),
        ];

        var split = TrainingSplit.Of(input, rows[..3], 0.2);

        Assert.Equal((2, 1, 3), (split.Notices, split.Duplicates, split.Shared));
        Assert.Equal(17, split.Fit.Count);
        Assert.Equal(3, split.Test.Count);
    }

    [Fact]
    public void The_same_text_and_the_same_group_never_stand_on_both_sides() =>
        Gen.Select(Gen.Int[0, 200].Array[1, 300], Gen.Int[1, 20]).Sample((numbers, groups) =>
        {
            var rows = numbers.Select(n => new LabelledComment($"text {n}", n % 2 == 0, Group: $"group {n % groups}")).ToList();

            var split = TrainingSplit.Of(rows, null, 0.3);

            Assert.Empty(split.Fit.Select(row => row.Hash).Intersect(split.Test.Select(row => row.Hash)));
            Assert.Empty(split.Fit.Select(row => row.Group).Intersect(split.Test.Select(row => row.Group)));
            Assert.Equal(numbers.Distinct().Count(), split.Fit.Count + split.Test.Count);
            Assert.All(split.Fit.GroupBy(row => row.Group), group => Assert.Single(group.Select(row => row.Fold(5)).Distinct()));
        });

    [Fact]
    public void Of_a_text_with_both_labels_the_majority_counts_and_a_tie_is_dropped()
    {
        List<LabelledComment> rows =
        [
            new("spam", false), .. Enumerable.Repeat(new LabelledComment("spam", true), 9),
            new("even", true), new("even", false), new("fine", false),
        ];

        var split = TrainingSplit.Of(rows, [], 0);

        Assert.Equal([("fine", false), ("spam", true)], split.Fit.Select(row => (row.Body, row.Removed)).Order());
        Assert.Equal(11, split.Duplicates);
    }

    [Fact]
    public void A_group_of_which_a_text_is_measured_is_not_trained_on()
    {
        var rows = Enumerable.Range(0, 20).Select(n => new LabelledComment($"text {n}", n % 2 == 0, Group: $"group {n / 2}")).ToList();

        var split = TrainingSplit.Of(rows, [rows[0]], 0.2);

        Assert.Equal((18, 1, 2), (split.Fit.Count, split.Test.Count, split.Shared));
    }

    [Fact]
    public void About_the_share_that_is_asked_for_is_held_out_and_folds_are_of_a_size()
    {
        var rows = Enumerable.Range(0, 5_000).Select(n => new LabelledComment($"text {n}", n % 2 == 0)).ToList();

        var split = TrainingSplit.Of(rows, null, 0.2);

        Assert.InRange(split.Test.Count, 900, 1_100);
        Assert.All(split.Fit.GroupBy(row => row.Fold(5)), fold => Assert.InRange(fold.Count(), 700, 900));
    }
}
