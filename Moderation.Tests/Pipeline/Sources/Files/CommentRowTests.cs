using System.Globalization;

using Moderation.Pipeline.Sources.Files;

namespace Moderation.Tests.Pipeline.Sources.Files;

public sealed class CommentRowTests
{
    [Theory]
    [InlineData("1600000000", "2020-09-13T12:26:40Z")]
    [InlineData("1600000000.5", "2020-09-13T12:26:40.5Z")]
    [InlineData("1600000000123", "2020-09-13T12:26:40.123Z")]
    [InlineData("0", "1970-01-01T00:00:00Z")]
    [InlineData("1.6e9", "2020-09-13T12:26:40Z")]
    [InlineData("2020-09-13T12:26:40Z", "2020-09-13T12:26:40Z")]
    [InlineData("2020-09-13T14:26:40.123+02:00", "2020-09-13T12:26:40.123Z")]
    [InlineData("2020-09-13T12:26:40", "2020-09-13T12:26:40Z")]
    [InlineData("2020-09-13 12:26:40", "2020-09-13T12:26:40Z")]
    public void Times_are_seconds_milliseconds_or_rfc_3339(string value, string expected)
    {
        Assert.True(Row((CommentColumn.CreatedAt, value)).TryToComment(out var comment, out _));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), comment.CreatedAt);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("2020-13-45T00:00:00Z")]
    [InlineData("0x5F5E1000")]
    [InlineData("12:30")]
    [InlineData("March 5")]
    public void What_is_no_time_is_refused_and_quoted(string value)
    {
        Assert.False(Row((CommentColumn.CreatedAt, value)).TryToComment(out _, out var reason));
        Assert.Contains($"'{value}'", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_time_is_left_to_the_receiver()
    {
        Assert.True(Row((CommentColumn.CreatedAt, "")).TryToComment(out var comment, out _));
        Assert.Null(comment.CreatedAt);
    }

    [Fact]
    public void Everything_a_row_may_hold_comes_through()
    {
        var row = Row(
            (CommentColumn.Id, "x"), (CommentColumn.Author, "ann"), (CommentColumn.Community, "games"), (CommentColumn.Thread, "t"),
            (CommentColumn.Parent, "p"), (CommentColumn.Url, "u"), (CommentColumn.Score, "-7"), (CommentColumn.Deleted, "TRUE"));

        Assert.True(row.TryToComment(out var comment, out _));
        Assert.Equal(
            ("x", "ann", "games", "t", "p", "u", -7, true),
            (comment.ExternalId, comment.Author, comment.Community, comment.ThreadId, comment.ParentId, comment.Url, comment.Score, comment.Deleted));
    }

    [Fact]
    public void A_row_with_nothing_but_text_gets_the_defaults()
    {
        Assert.True(Row().TryToComment(out var comment, out _));
        Assert.Equal(("3", "default", false), (comment.ExternalId, comment.Community, comment.Deleted));
        Assert.Null(comment.Author);
        Assert.Null(comment.Score);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("True", true)]
    [InlineData(" 1.0 ", true)]
    [InlineData("removed", true)]
    [InlineData("0", false)]
    [InlineData("FALSE", false)]
    [InlineData("0.0", false)]
    [InlineData("kept", false)]
    public void Labels_come_in_many_words(string value, bool expected)
    {
        Assert.True(Row((CommentColumn.Label, value)).TryGetLabel(out var removed));
        Assert.Equal(expected, removed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("0.7")]
    [InlineData("NA")]
    public void Anything_else_is_no_label(string value) => Assert.False(Row((CommentColumn.Label, value)).TryGetLabel(out _));

    private static CommentRow Row(params (CommentColumn Column, string Value)[] values)
    {
        var row = new RowValues { [CommentColumn.Body] = "text" };
        foreach (var (column, value) in values)
        {
            row[column] = value;
        }

        return new CommentRow(3, 4, row);
    }
}
