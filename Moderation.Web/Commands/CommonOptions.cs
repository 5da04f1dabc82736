using System.CommandLine;

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

    /// <summary>A command whose work gets the settings, checked.</summary>
    public static void SetWork(
        this Command command, string[] settings, Func<ParseResult, IConfigurationRoot, CancellationToken, Task> work) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await work(parsed, DeskConfiguration.Read(settings), cancellationToken);
            return 0;
        });
}
