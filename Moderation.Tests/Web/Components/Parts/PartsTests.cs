using Bunit;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

using Moderation.Data.Schema;
using Moderation.Web.Components.Parts;

namespace Moderation.Tests.Web.Components.Parts;

public sealed class PartsTests : BunitContext
{
    [Theory]
    [InlineData(CommentStatus.Pending, "Pending")]
    [InlineData(CommentStatus.Escalated, "Escalated")]
    [InlineData(CommentStatus.Approved, "Approved")]
    [InlineData(CommentStatus.Removed, "Removed")]
    [InlineData(CommentStatus.Unflagged, "Not flagged")]
    public void A_status_is_a_word_and_a_shape_beside_its_colour(CommentStatus status, string word)
    {
        var chip = Render<StatusChip>(parameters => parameters.Add(it => it.Status, status));

        Assert.Equal(word, chip.Find(".status").TextContent);
        Assert.NotNull(chip.Find("svg path").GetAttribute("d"));
        Assert.Contains(status.ToString().ToLowerInvariant(), chip.Find(".status").ClassList);
    }

    [Fact]
    public void Each_status_has_a_shape_of_its_own() => Assert.Distinct(
        Enum.GetValues<CommentStatus>().Select(status => Render<StatusChip>(parameters => parameters.Add(it => it.Status, status)).Find("path").GetAttribute("d")));

    [Theory]
    [InlineData(0.0, 0.5, "Unlikely 0.00", "0%", false)]
    [InlineData(0.2499, 0.5, "Unlikely 0.25", "25%", false)]
    [InlineData(0.25, 0.5, "Maybe 0.25", "25%", false)]
    [InlineData(0.5, 0.5, "Maybe 0.50", "50%", false)]
    [InlineData(0.6, 0.5, "Likely 0.60", "60%", true)]
    [InlineData(1.0, 0.95, "Likely 1.00", "100%", true)]
    public void A_score_is_a_word_a_number_and_a_bar_and_says_when_it_is_over_the_threshold(
        double probability, double threshold, string words, string width, bool over)
    {
        var badge = Render<ScoreBadge>(parameters => parameters.Add(it => it.Probability, probability).Add(it => it.Threshold, threshold));

        Assert.Contains(words, badge.Find(".score").TextContent, StringComparison.Ordinal);
        Assert.Equal($"width:{width}", badge.Find(".bar span").GetAttribute("style"));
        Assert.Equal(over, badge.Markup.Contains("over ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_is_said_from_now_with_the_full_time_behind_it()
    {
        var at = new DateTimeOffset(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(at.AddMinutes(12)));

        var time = Render<TimeAgo>(parameters => parameters.Add(it => it.At, at)).Find("time");

        Assert.Equal("12 min ago", time.TextContent);
        Assert.Equal("2026-05-17 12:00:00 UTC", time.GetAttribute("title"));
        Assert.Equal(at, DateTimeOffset.Parse(time.GetAttribute("datetime")!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Marked_text_shows_markup_as_text()
    {
        const string Hostile = "<script>alert(1)</script>";

        var text = Render<MarkedText>(parameters => parameters.Add(
            it => it.Segments, [new TextSegment(Hostile, Push.None), new TextSegment(Hostile, Push.Some), new TextSegment("</mark><b>", Push.Strong)]));

        Assert.Empty(text.FindAll("script, b"));
        Assert.Equal([Hostile, "</mark><b>"], text.FindAll("mark").Select(mark => mark.TextContent));
        Assert.Single(text.FindAll("mark.strong"));
    }
}
