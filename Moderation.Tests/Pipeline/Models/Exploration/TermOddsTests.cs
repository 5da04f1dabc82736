using Moderation.Pipeline.Models.Exploration;

namespace Moderation.Tests.Pipeline.Models.Exploration;

public sealed class TermOddsTests
{
    [Fact]
    public void The_log_odds_are_those_of_the_formula()
    {
        // 30 of 20,000 removed words and 10 of 30,000 kept ones: the prior gives the word 1000 · 40 / 50,000 = 0.8.
        var delta = Math.Log(30.8 / (20_000 + 1_000 - 30.8)) - Math.Log(10.8 / (30_000 + 1_000 - 10.8));

        Assert.Equal(delta / Math.Sqrt((1 / 30.8) + (1 / 10.8)), TermOdds.Z(30, 10, 20_000, 30_000), 12);
    }

    [Fact]
    public void A_small_set_has_a_small_prior()
    {
        // 30 of 100 and 10 of 100 words: the prior weighs 20 words, of which the word has 20 · 40 / 200 = 4.
        var delta = Math.Log(34 / (100 + 20 - 34.0)) - Math.Log(14 / (100 + 20 - 14.0));

        Assert.Equal(delta / Math.Sqrt((1 / 34.0) + (1 / 14.0)), TermOdds.Z(30, 10, 100, 100), 12);
    }

    [Fact]
    public void A_word_of_the_same_share_on_both_sides_leans_nowhere() =>
        Assert.Equal(0, TermOdds.Z(20, 30, 2_000, 3_000), 12);
}
