using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Sources;
using Moderation.Pipeline.Sources.Files;
using Moderation.Pipeline.Sources.Sample;

namespace Moderation.Tests.Pipeline.Sources;

public sealed class SourceOptionsTests
{
    [Fact]
    public void Without_any_source_the_sample_runs()
    {
        var source = Assert.Single(new SourceFactory(TimeProvider.System).Create(new SourcesOptions(), new PipelineOptions { BatchSize = 10 }));

        Assert.IsType<SampleSource>(source);
        Assert.Equal("sample", source.Name);
        Assert.True(new SourcesOptions().SampleOnly);
    }

    [Fact]
    public void Each_configured_source_is_made_under_its_name_and_the_api_needs_none()
    {
        var options = Options(
            new SourceOptions { Type = "file", Path = "/somewhere/a.csv" }, new SourceOptions { Type = "file", Path = "b.csv", Name = "named" },
            new SourceOptions { Type = "sample", Name = "more" }, new SourceOptions { Type = "api" });

        var sources = new SourceFactory(TimeProvider.System).Create(options, new PipelineOptions { BatchSize = 10 });

        Assert.Equal(["a.csv", "named", "more"], sources.Select(source => source.Name));
        Assert.Equal([typeof(FileSource), typeof(FileSource), typeof(SampleSource)], sources.Select(source => source.GetType()));
        Assert.False(options.SampleOnly);
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused_with_their_key_their_value_and_what_would_do()
    {
        Assert.Contains("Moderation:Sources:0:Type is 'kafka'; it can be sample, file or api", Refusal(new SourceOptions { Type = "kafka" }), StringComparison.Ordinal);
        Assert.Contains("Moderation:Sources:0:Path is empty", Refusal(new SourceOptions { Type = "file", Path = " " }), StringComparison.Ordinal);
        Assert.Contains("two sources named 'sample'", Refusal(new SourceOptions { Type = "sample" }, new SourceOptions { Type = "sample" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1e9)]
    [InlineData(double.NaN)]
    public void A_rate_that_is_none_is_refused(double rate) =>
        Assert.Contains("Moderation:Sources:0:Rate", Refusal(new SourceOptions { Type = "sample", Rate = rate }), StringComparison.Ordinal);

    [Fact]
    public void Sensible_settings_are_taken() =>
        Assert.True(new SourcesOptionsValidator().Validate(null, Options(new SourceOptions { Type = "sample", Rate = 2.5 }, new SourceOptions { Type = "api" })).Succeeded);

    private static string Refusal(params SourceOptions[] sources)
    {
        var result = new SourcesOptionsValidator().Validate(null, Options(sources));
        Assert.True(result.Failed);
        return result.FailureMessage;
    }

    private static SourcesOptions Options(params SourceOptions[] sources)
    {
        var options = new SourcesOptions();
        foreach (var source in sources)
        {
            options.Sources.Add(source);
        }

        return options;
    }
}
