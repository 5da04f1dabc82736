using Microsoft.Extensions.Options;

using Moderation.Data.DataDirectories;
using Moderation.Pipeline;

namespace Moderation.Web.Hosting;

/// <summary>Reads the settings: appsettings.json, then the environment, then the command line.</summary>
internal static class DeskConfiguration
{
    public const string DataDirectoryKey = "Moderation:DataDirectory";

    private const string SettingPrefix = "--Moderation:";

    /// <summary>Parts the settings on the command line from the command's own words.</summary>
    /// <remarks><c>--Moderation:Key=Value</c> and <c>--Moderation:Key Value</c> are both read.</remarks>
    public static (string[] Words, string[] Settings) Split(IReadOnlyList<string> arguments)
    {
        var words = new List<string>();
        var settings = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith(SettingPrefix, StringComparison.OrdinalIgnoreCase))
            {
                words.Add(arguments[i]);
            }
            else if (arguments[i].Contains('=', StringComparison.Ordinal))
            {
                settings.Add(arguments[i]);
            }
            else if (i + 1 < arguments.Count)
            {
                settings.Add($"{arguments[i]}={arguments[++i]}");
            }
            else
            {
                throw new ConfigurationException($"{arguments[i][2..]} has no value; write {arguments[i]}=VALUE.");
            }
        }

        return ([.. words], [.. settings]);
    }

    /// <summary>The settings of a command, checked.</summary>
    /// <exception cref="ConfigurationException">One of them is wrong.</exception>
    public static IConfigurationRoot Read(string[] settings)
    {
        try
        {
            var configuration = new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false)
                .AddEnvironmentVariables()
                .AddCommandLine(settings)
                .Build();
            SettingsCheck.Run(configuration);
            Validate(configuration);
            return configuration;
        }
        catch (OptionsValidationException e)
        {
            throw new ConfigurationException(string.Join(" ", e.Failures));
        }
        catch (InvalidDataException e)
        {
            throw new ConfigurationException($"appsettings.json cannot be read: {e.InnerException?.Message ?? e.Message}");
        }
    }

    /// <summary>Rules that span settings, checked before anything is set up rather than while the server starts.</summary>
    private static void Validate(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddModerationPipeline(configuration);
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }

    /// <summary>The data directory, relative to where the caller stands.</summary>
    public static DataDirectory DataDirectory(IConfiguration configuration) =>
        new(configuration[DataDirectoryKey] ?? Data.DataDirectories.DataDirectory.Default);
}
