using Moderation.Web.Hosting;

namespace Moderation.Tests.Web.Hosting;

public sealed class DeskConfigurationTests
{
    [Fact]
    public void Settings_are_parted_from_the_commands_own_words_wherever_they_stand()
    {
        var (words, settings) = DeskConfiguration.Split(
            ["--Moderation:A=1", "ingest", "--input", "x=y.csv", "--moderation:b", "2", "--Moderation:C=", "--rate", "5"]);

        Assert.Equal(["ingest", "--input", "x=y.csv", "--rate", "5"], words);
        Assert.Equal(["--Moderation:A=1", "--moderation:b=2", "--Moderation:C="], settings);
    }

    [Fact]
    public void A_setting_without_a_value_is_refused() =>
        Assert.Contains("Moderation:A has no value", Assert.Throws<ConfigurationException>(() => DeskConfiguration.Split(["serve", "--Moderation:A"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_sources_of_one_name_are_refused() =>
        Assert.Contains(
            "two sources named 'sample'",
            Assert.Throws<ConfigurationException>(() => DeskConfiguration.Read(["--Moderation:Sources:0:Type=sample", "--Moderation:Sources:1:Type=sample"])).Message,
            StringComparison.Ordinal);
}
