using Microsoft.Extensions.Configuration;

using Moderation.Tests.Support;
using Moderation.Web.Hosting;

namespace Moderation.Tests.Web.Hosting;

public sealed class SettingsCheckTests
{
    [Theory]
    [InlineData("Moderation:DataDirectory", "/somewhere")]
    [InlineData("moderation:pipeline:BATCHSIZE", "1")]
    [InlineData("Moderation:Pipeline:BatchSize", "10000")]
    [InlineData("Moderation:Threshold:Default", "1")]
    [InlineData("Moderation:Threshold:Default", "0.25")]
    [InlineData("Moderation:Sources:12:Rate", "0.5")]
    [InlineData("Moderation:Sources:0:Loop", "True")]
    [InlineData("Moderation:Setup:AdminPassword", "secret")]
    [InlineData("Elsewhere:Whatever", "anything")]
    public void A_setting_that_fits_is_taken(string key, string value) => SettingsCheck.Run(Configuration(key, value));

    [Theory]
    [InlineData("Moderation:Pipeline:BatchSize", "10001", "from 1 to 10,000")]
    [InlineData("Moderation:Pipeline:BatchSize", "1.5", "a whole number")]
    [InlineData("Moderation:Pipeline:BatchSize", "", "a whole number")]
    [InlineData("Moderation:Threshold:Default", "-0.1", "a number from 0 to 1")]
    [InlineData("Moderation:Threshold:Default", "NaN", "a number from 0 to 1")]
    [InlineData("Moderation:Threshold:Default", "0,5", "a number from 0 to 1")]
    [InlineData("Moderation:Sources:3:Rate", "fast", "a number")]
    [InlineData("Moderation:Sources:3:Loop", "2", "true or false")]
    public void A_value_that_does_not_fit_is_named_with_its_key_and_what_is_allowed(string key, string value, string allowed)
    {
        var failure = Assert.Throws<ConfigurationException>(() => SettingsCheck.Run(Configuration(key, value)));

        Assert.Equal($"{key} is '{value}'; {allowed} is allowed.", failure.Message.Replace("a whole number from 1 to 10,000", allowed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Moderation:Pipeline", "5")]
    [InlineData("Moderation:Sources", "sample")]
    [InlineData("Moderation:Sources:0:Sort", "x")]
    [InlineData("Moderation:Pipeline:BatchSize:More", "5")]
    public void A_key_that_nobody_reads_is_refused_with_those_that_there_are(string key, string value)
    {
        var failure = Assert.Throws<ConfigurationException>(() => SettingsCheck.Run(Configuration(key, value)));

        Assert.StartsWith($"{key} is no setting of this program. There are: Moderation:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documentation_names_exactly_the_settings_that_are_read()
    {
        var path = Path.Combine(BuiltProgram.Repository, "docs", "settings.md");
        Assert.SkipUnless(File.Exists(path), "docs/settings.md is not written yet.");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

        // One table: the first cell of a row is the key as it is written in the file, without or with the root.
        var documented = text.Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])
            .Select(key => key.StartsWith("Moderation:", StringComparison.Ordinal) ? key : $"Moderation:{key}")
            .Select(key => key.Replace(":N:", ":0:", StringComparison.Ordinal).Replace(":*:", ":0:", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

        Assert.Equal(SettingsCheck.Known.Keys.Order(StringComparer.Ordinal), documented);
    }

    private static IConfiguration Configuration(string key, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(key, (string?)value)]).Build();
}
