using Moderation.Pipeline.Flagging;

namespace Moderation.Tests.Pipeline.Flagging;

public sealed class ThresholdTableTests
{
    [Theory]
    [InlineData(0.5, 0.5, false)]
    [InlineData(0.5000001, 0.5, true)]
    [InlineData(0.4999999, 0.5, false)]
    [InlineData(1.0, 1.0, false)]
    public void A_comment_is_flagged_only_when_its_probability_is_strictly_greater(double probability, double threshold, bool flagged) =>
        Assert.Equal(flagged, ThresholdTable.Flags(probability, threshold));

    [Fact]
    public void A_community_without_a_threshold_of_its_own_uses_the_sites()
    {
        var table = new ThresholdTable(0.5, new Dictionary<string, double> { ["science"] = 0.8 });

        Assert.Equal(0.8, table.For("science"));
        Assert.Equal(0.5, table.For("games"));
    }
}
