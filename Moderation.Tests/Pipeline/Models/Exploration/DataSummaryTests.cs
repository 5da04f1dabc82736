using Moderation.Pipeline.Models.Exploration;
using Moderation.Pipeline.Models.Training;
using Moderation.Pipeline.Sources.Files;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Models.Exploration;

public sealed class DataSummaryTests
{
    [Fact]
    public void Labels_duplicates_notices_and_empty_rows_are_counted()
    {
        var data = Of(
            new("A first text", true),
            new("a  FIRST\ntext", true),
            new("a &#102;irst text", false),
            new("Another", false),
            new("another", false),
            new("Your submission has been removed for this reason.", true),
            new("Why Are So Many Comments gone?", false),
            new(" \n ", false));

        Assert.Equal((8, 3, 5, 0.375), (data.Rows, data.Removed, data.Kept, data.RemovedShare));
        Assert.Equal(new DuplicateSummary(DistinctTexts: 5, RepeatedRows: 3, ConflictingTexts: 1, ConflictingRows: 3), data.Duplicates);
        Assert.Equal(new NoticeSummary(Rows: 2, Removed: 1), data.Notices);
        Assert.Equal(1, data.EmptyRows);
    }

    [Fact]
    public void Lengths_have_quantiles_by_nearest_rank_and_every_row_a_bin()
    {
        var data = Of([.. Enumerable.Range(1, 100).Select(length => new LabelledComment(new string('a', length), length <= 10)), new(new string('b', 9_000), false)]);

        Assert.Equal(new LengthQuantiles(Shortest: 1, Quarter: 3, Median: 5, ThreeQuarters: 8, NinetyFive: 10, Longest: 10), data.Lengths.Removed);
        Assert.Equal((1, 51, 9_000), (data.Lengths.All!.Shortest, data.Lengths.All.Median, data.Lengths.All.Longest));
        Assert.Equal([(0, 24, 10, 14), (25, 49, 0, 25), (50, 99, 0, 50), (100, 199, 0, 1)], data.Lengths.Histogram.Take(4).Select(bin => (bin.From, bin.To!.Value, bin.Removed, bin.Kept)));
        Assert.Equal(new LengthBin(1_600, null, 0, 1), data.Lengths.Histogram[^1]);
    }

    [Fact]
    public void Words_that_go_with_a_label_stand_out_and_those_of_both_do_not()
    {
        var data = Of([.. Enumerable.Range(0, 60).Select(i => i % 2 == 0
            ? new LabelledComment($"you are an idiot, number n{i}", true)
            : new LabelledComment($"you are a scholar, number n{i}", false))]);

        Assert.Equal(["an", "idiot"], data.Terms.Removed.Select(term => term.Term).Order());
        Assert.Equal(["a", "scholar"], data.Terms.Kept.Select(term => term.Term).Order());
        Assert.All(data.Terms.Removed, term => Assert.Equal((30, 0, true), (term.RemovedTexts, term.KeptTexts, term.Z > 1.96)));
        Assert.All(data.Terms.Kept, term => Assert.True(term.Z < -1.96));
    }

    [Fact]
    public void Neither_copies_nor_notices_nor_one_long_rant_make_a_word_stand_out()
    {
        var rows = Enumerable.Range(0, 100).Select(i => new LabelledComment($"the same words here, number n{i}", i % 2 == 0))
            .Concat(Enumerable.Repeat(new LabelledComment("copypasta", true), 50))
            .Concat(Enumerable.Range(0, 50).Select(i => new LabelledComment($"Your submission has been removed, n{i}", true)))
            .Concat(Enumerable.Range(0, 8).Select(i => new LabelledComment($"lol n{i} is what it is and no more", i % 2 == 0)))
            .Append(new LabelledComment(string.Join(' ', Enumerable.Repeat("lol", 40)), true));

        var data = Of([.. rows]);

        Assert.Empty(data.Terms.Removed);
        Assert.Empty(data.Terms.Kept);
    }

    [Fact]
    public void Obscenities_are_masked_among_the_words()
    {
        var data = Of([.. Enumerable.Range(0, 60).Select(i => new LabelledComment(i % 2 == 0 ? $"Fuck n{i}" : $"Dear n{i}", i % 2 == 0))]);

        Assert.Equal("f**k", Assert.Single(data.Terms.Removed).Term);
    }

    [Fact]
    public void The_order_of_the_rows_makes_no_difference()
    {
        var random = new Random(1);
        LabelledComment[] rows = [.. Enumerable.Range(0, 500).Select(_ => new LabelledComment($"w{random.Next(5)}x w{random.Next(9)}y", random.Next(3) == 0))];

        var one = Of(rows);
        var other = Of([.. rows.Reverse()]);

        Assert.Equal(one.Terms.Removed, other.Terms.Removed);
        Assert.Equal(one.Terms.Kept, other.Terms.Kept);
        Assert.Equal(one.Duplicates, other.Duplicates);
    }

    [Fact]
    public void No_rows_are_no_trouble()
    {
        var data = Of();

        Assert.Null(data.RemovedShare);
        Assert.Null(data.Lengths.All);
        Assert.Empty(data.Terms.Removed);
    }

    [Fact]
    public void The_science_comments_are_as_they_are_known()
    {
        var file = LabelledFile.Read(SharedData.Require("rscience", "train.csv"), null, null, TestContext.Current.CancellationToken);

        var data = Of([.. file.Rows]);

        Assert.Equal((4_258, 1_378, 5), (data.Rows, data.Removed, data.Notices.Rows));
        Assert.Equal(2, data.Duplicates.RepeatedRows);
        Assert.True(data.Lengths.Removed!.Median < data.Lengths.Kept!.Median);
        Assert.Contains(data.Terms.Removed, term => term.Term == "my");
        Assert.Contains(data.Terms.Kept, term => term.Term == "paper");
    }

    private static DataSummary Of(params LabelledComment[] rows) => DataSummary.Of(rows, TestContext.Current.CancellationToken);
}
