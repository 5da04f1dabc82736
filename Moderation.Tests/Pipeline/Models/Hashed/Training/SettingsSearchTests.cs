using Moderation.Pipeline.Models.Hashed.Training;

namespace Moderation.Tests.Pipeline.Models.Hashed.Training;

public sealed class SettingsSearchTests
{
    private const int Texts = 256;

    private static readonly FitSettings _start = new(10, 2);

    [Theory]
    [InlineData(80, 2)]
    [InlineData(0.625, 2)]
    [InlineData(10, 3)]
    [InlineData(40, 1)]
    public void It_walks_to_the_settings_with_the_least_loss(float l2, double contrast) =>
        Assert.Equal(new FitSettings(l2, contrast), Search(settings => Math.Abs(Math.Log(settings.L2 / l2)) + Math.Abs(settings.Contrast - contrast)));

    [Fact]
    public void What_is_better_by_luck_alone_is_left() =>
        Assert.Equal(_start, Search(settings => 1 - (0.001 * Math.Abs(settings.L2 - 10)), noise: 1));

    [Fact]
    public void It_ends_when_ever_more_or_less_is_better()
    {
        Assert.InRange(Search(settings => 1000 - settings.L2).L2, 500, 1000);
        Assert.InRange(Search(settings => settings.L2).L2, 0.1, 0.2);
    }

    private static FitSettings Search(Func<FitSettings, double> loss, double noise = 0)
    {
        var tried = new List<FitSettings>();
        var search = new SettingsSearch(
            settings =>
            {
                tried.Add(settings);
                return [loss(settings)];
            },
            logits => [.. Enumerable.Range(0, Texts).Select(i => logits[0] + (noise * (((i >> (tried.Count - 1)) & 1) - 0.5)))]);
        var chosen = search.From(_start).Settings;
        Assert.Equal(tried.Distinct(), tried);
        return chosen;
    }
}
