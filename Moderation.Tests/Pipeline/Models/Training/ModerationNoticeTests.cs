using Moderation.Pipeline.Models.Training;

namespace Moderation.Tests.Pipeline.Models.Training;

public sealed class ModerationNoticeTests
{
    [Theory]
    [InlineData("Hi! Your submission has been removed for the following reason:")]
    [InlineData("This submission has been automatically removed.")]
    [InlineData("WHY ARE SO MANY COMMENTS DELETED?")]
    public void Standing_texts_are_notices(string body) => Assert.True(ModerationNotice.Matches(body));

    [Theory]
    [InlineData("My submission has been removed, why?")]
    [InlineData("So many comments!")]
    [InlineData("")]
    public void What_people_write_is_none(string body) => Assert.False(ModerationNotice.Matches(body));
}
