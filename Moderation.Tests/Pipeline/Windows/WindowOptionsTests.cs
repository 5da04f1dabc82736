using System.ComponentModel.DataAnnotations;

using Moderation.Pipeline.Windows;

namespace Moderation.Tests.Pipeline.Windows;

public sealed class WindowOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => new WindowOptions().ThrowIfInvalid();

    [Theory]
    [InlineData(10, 0, 0, 0, "Slide is 00:00:00; it has to be more than 0.")]
    [InlineData(10, -5, 0, 0, "Slide is -00:00:00.0050000; it has to be between 0 and 366 days.")]
    [InlineData(0, 5, 0, 0, "Size has to be a multiple of Slide.")]
    [InlineData(12, 5, 0, 0, "Size has to be a multiple of Slide.")]
    [InlineData(5, 10, 0, 0, "Size has to be a multiple of Slide.")]
    [InlineData(1441, 1, 0, 0, "Size can be at most 1440 times Slide.")]
    [InlineData(10, 10, -1, 0, "OutOfOrderness is -00:00:00.0010000; it has to be between 0 and 366 days.")]
    [InlineData(10, 10, 0, 400L * 86_400_000, "Lateness is 400.00:00:00; it has to be between 0 and 366 days.")]
    [InlineData(10.5, 10.5, 0, 0, "Size is 00:00:00.0105000; it has to be whole milliseconds.")]
    public void What_makes_no_windows_is_refused_with_what_would_be_right(double size, double slide, long outOfOrderness, long lateness, string problem)
    {
        var options = new WindowOptions
        {
            Size = TimeSpan.FromMilliseconds(size),
            Slide = TimeSpan.FromMilliseconds(slide),
            OutOfOrderness = TimeSpan.FromMilliseconds(outOfOrderness),
            Lateness = TimeSpan.FromMilliseconds(lateness),
        };

        Assert.EndsWith(problem, Assert.Throws<ArgumentException>(options.ThrowIfInvalid).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new WindowOperator(options, overflowCommunity: 0));
        Assert.False(Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
    }
}
