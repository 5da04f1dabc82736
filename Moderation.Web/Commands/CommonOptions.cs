using System.CommandLine;
using System.Globalization;

using Moderation.Web.Hosting;

namespace Moderation.Web.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string?> TextColumn() =>
        new("--text-column") { Description = "Name of the column with the text; guessed when left out.", HelpName = "C" };

    public static Option<string?> LabelColumn() =>
        new("--label-column") { Description = "Name of the column with the label (1 removed, 0 kept); guessed when left out.", HelpName = "C" };

    public static Option<bool> Json() => new("--json") { Description = "One JSON document instead of text." };

    public static Option<string?> Model() =>
        new("--model") { Description = "A model file or a version of the registry; the live model when left out.", HelpName = "FILE|VERSION" };

    public static Option<string> Rate() =>
        new("--rate") { Description = "Comments a second, or max.", HelpName = "N|max", DefaultValueFactory = _ => "max" };

    /// <summary>The value of <see cref="Rate"/>; null for max.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static double? ParseRate(string text)
    {
        if (text == "max")
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 1_000_000
            ? rate
            : throw new UsageException($"'{text}' is no rate; comments a second above 0, or max, are.");
    }

    /// <summary>A command whose work gets the settings, checked.</summary>
    public static void SetWork(
        this Command command, string[] settings, Func<ParseResult, IConfigurationRoot, CancellationToken, Task> work) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await work(parsed, DeskConfiguration.Read(settings), cancellationToken);
            return 0;
        });
}
