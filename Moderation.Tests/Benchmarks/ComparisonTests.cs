using Moderation.Benchmarks.Measuring;

namespace Moderation.Tests.Benchmarks;

public sealed class ComparisonTests
{
    [Fact]
    public void The_sides_take_turns_and_the_ratio_is_the_median_of_the_pairs()
    {
        var order = new List<string>();
        var ours = new Queue<Lap>([new Lap(100, 1, 0.5), new Lap(100, 4, 0.25), new Lap(100, 2, 0.5)]);

        var comparison = Comparison.Alternate(
            3,
            () =>
            {
                order.Add("ours");
                return ours.Dequeue();
            },
            () =>
            {
                order.Add("theirs");
                return new Lap(10, 1, 1);
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(["ours", "theirs", "ours", "theirs", "ours", "theirs"], order);
        var byProcessor = comparison.ByProcessor("it", "texts/s", "them");
        Assert.Equal((200, 10, 20, 20, 40), (byProcessor.Value, byProcessor.BaselineValue, byProcessor.Ratio, byProcessor.Low, byProcessor.High));
        Assert.Equal(5, byProcessor.WallRatio);
        var byWall = comparison.ByWall("it", "texts/s", "them");
        Assert.Equal((50, 10, 5, 2.5, 10), (byWall.Value, byWall.BaselineValue, byWall.Ratio, byWall.Low, byWall.High));
    }

    [Fact]
    public void Seconds_are_better_when_they_are_fewer()
    {
        var comparison = Comparison.Alternate(1, () => new Lap(1, 2, 4), () => new Lap(1, 6, 8), TestContext.Current.CancellationToken);

        var seconds = comparison.ByProcessorSeconds("it", "them");

        Assert.Equal((4, 8, 2), (seconds.Value, seconds.BaselineValue, seconds.Ratio));
    }
}
