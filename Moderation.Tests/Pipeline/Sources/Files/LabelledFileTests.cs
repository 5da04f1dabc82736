using Moderation.Pipeline.Sources.Files;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Sources.Files;

public sealed class LabelledFileTests
{
    [Fact]
    public void A_row_without_a_label_is_counted_and_quoted()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.csv", "body,removed\na,1\nb,perhaps\nbroken\nc,0\n");

        var file = LabelledFile.Read(path, null, null, TestContext.Current.CancellationToken);

        Assert.Equal([("a", true), ("c", false)], file.Rows.Select(row => (row.Body, row.Removed)));
        Assert.Equal(["line 3", "line 4"], file.Unreadable.Select(letter => letter.Place));
        Assert.Contains("'perhaps'", file.Unreadable[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_keeps_its_community_if_it_names_one()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.csv", "body,removed,subreddit\na,1,science\nb,0,\n");

        var file = LabelledFile.Read(path, null, null, TestContext.Current.CancellationToken);

        Assert.Equal(["science", null], file.Rows.Select(row => row.Community));
    }

    [Theory]
    [InlineData("dev.csv", 1070, 322)]
    [InlineData("train.csv", 4258, null)]
    public void The_science_comments_are_all_readable(string name, int rows, int? removed)
    {
        var file = LabelledFile.Read(SharedData.Require("rscience", name), null, null, TestContext.Current.CancellationToken);

        Assert.Equal(rows, file.Rows.Count);
        Assert.Empty(file.Unreadable);
        if (removed is not null)
        {
            Assert.Equal(removed, file.Rows.Count(row => row.Removed));
        }
    }

    [Fact]
    public void The_science_comments_hold_no_control_characters_of_a_wrong_encoding()
    {
        var file = LabelledFile.Read(SharedData.Require("rscience", "train.csv"), null, null, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(file.Rows, row => row.Body.Contains('\uFFFD', StringComparison.Ordinal));
        Assert.DoesNotContain(file.Rows, row => row.Body.Any(c => c is >= '\u0080' and < '\u00A0'));
    }

    [Fact]
    public void The_video_comments_are_readable_with_their_labels_ids_and_times()
    {
        var first = SharedData.Require("youtube-spam", "01-9bZkp7q19f0.csv");
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(first)!, "*.csv"))
        {
            var rows = CommentFile.Read(path, new CommentFileOptions { LabelRequired = true }).Select(record => record.Row).ToList();

            Assert.NotEmpty(rows);
            Assert.All(rows, row =>
            {
                Assert.NotNull(row);
                Assert.True(row.TryGetLabel(out _));
                Assert.True(row.TryToComment(out var comment, out var reason), reason);
                Assert.NotNull(comment.Author);
                Assert.NotEqual(row.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), comment.ExternalId);
            });
            Assert.Contains(rows, row => row!.TryToComment(out var comment, out _) && comment.CreatedAt is { Year: >= 2010 and <= 2020 });
        }
    }
}
