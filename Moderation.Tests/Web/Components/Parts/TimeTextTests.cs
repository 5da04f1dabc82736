using Moderation.Web.Components.Parts;

namespace Moderation.Tests.Web.Components.Parts;

public sealed class TimeTextTests
{
    private static readonly DateTimeOffset _now = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-60, "just now")]
    [InlineData(0.9, "just now")]
    [InlineData(1, "1 s ago")]
    [InlineData(59.9, "59 s ago")]
    [InlineData(60, "1 min ago")]
    [InlineData(3_599, "59 min ago")]
    [InlineData(3_600, "1 h ago")]
    [InlineData((48 * 3_600) - 1, "47 h ago")]
    [InlineData(48 * 3_600, "2 d ago")]
    [InlineData(30 * 86_400, "30 d ago")]
    [InlineData((30 * 86_400) + 1, "2026-04-17")]
    public void An_age_is_said_in_its_largest_whole_unit(double seconds, string text) =>
        Assert.Equal(text, TimeText.Ago(_now.AddSeconds(-seconds), _now));

    [Fact]
    public void A_span_has_no_direction() => Assert.Equal("5 s", TimeText.Span(TimeSpan.FromSeconds(-5.5)));
}
