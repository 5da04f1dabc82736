using System.CommandLine;
using System.Globalization;
using System.Text.Json;

using Moderation.Data.Reading;
using Moderation.Data.Writing;
using Moderation.Web.Control;
using Moderation.Web.Hosting;

namespace Moderation.Web.Commands;

/// <summary><c>threshold list|set</c>.</summary>
internal static class ThresholdCommand
{
    /// <summary>Versions that are listed.</summary>
    private const int Listed = 1_000;

    public static Command Create(string[] settings)
    {
        var json = CommonOptions.Json();
        var list = new Command("list", "Lists all versions of the thresholds, newest first.") { json };
        list.SetWork(settings, (parsed, configuration, stop) => ListAsync(configuration, parsed.GetValue(json), stop));

        var value = new Argument<string>("VALUE") { Description = "A number from 0 to 1; a comment is flagged when its probability is greater." };
        var community = new Option<string?>("--community") { Description = "The community; the site's default when left out.", HelpName = "C" };
        var note = new Option<string?>("--note") { Description = "Why.", HelpName = "TEXT" };
        var set = new Command("set", "Sets a threshold; it counts from the next batch on, in a running server too.") { value, community, note };
        set.SetWork(settings, async (parsed, configuration, stop) =>
        {
            var text = parsed.GetRequiredValue(value);
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number is < 0 or > 1 or double.NaN)
            {
                throw new UsageException($"'{text}' is no threshold; a number from 0 to 1 is, 0.5 for example.");
            }

            await using var session = await DeskSession.OpenAsync(configuration, DeskConfiguration.DataDirectory(configuration), stop);
            var version = await session.Desk.SetThresholdAsync(
                new ThresholdOrder(number, parsed.GetValue(community), parsed.GetValue(note), "command line"), stop);
            CommandConsole.Result($"The threshold of {version.Community ?? "the site"} is {Format(version.Value)}.");
        });

        return new Command("threshold", "The thresholds, with all their versions.") { list, set };
    }

    private static async Task ListAsync(IConfiguration configuration, bool json, CancellationToken stop)
    {
        var directory = DeskConfiguration.DataDirectory(configuration);
        IReadOnlyList<ThresholdVersion> versions = [];
        await using var services = await DeskSession.OpenReaderAsync(configuration, directory, stop);
        if (directory.Exists)
        {
            versions = await services.GetRequiredService<ThresholdReader>().ListAsync(Listed, stop);
        }

        if (json)
        {
            CommandConsole.Result(JsonSerializer.Serialize(versions, ControlMessages.Json));
            return;
        }

        if (!versions.Any(version => version.Community is null))
        {
            var initial = services.GetRequiredService<Microsoft.Extensions.Options.IOptions<Pipeline.Flagging.ThresholdOptions>>().Value.Default;
            CommandConsole.Result($"The site's threshold is {Format(initial)} (Moderation:Threshold:Default); nobody has set one.");
        }

        foreach (var version in versions)
        {
            CommandConsole.Result(string.Create(
                CultureInfo.InvariantCulture,
                $"{version.At:yyyy-MM-dd HH:mm}  {version.Community ?? "(site)",-20} {Format(version.Value),-8} {version.Actor}{(version.Note is null ? "" : $": {version.Note}")}"));
        }
    }

    private static string Format(double? value) =>
        value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "the site's default";
}
