using System.CommandLine;

using Moderation.Web.Hosting;

namespace Moderation.Web.Commands;

/// <summary><c>serve</c>, the default: the dashboard and the pipeline.</summary>
internal static class ServeCommand
{
    public static Command Create(string[] settings)
    {
        var urls = new Option<string?>("--urls")
        {
            Description = $"Where to listen; {ListenAddress.Default} when left out. This machine only, until there are accounts.", HelpName = "URL",
        };
        var command = new Command("serve", "Runs the dashboard and the pipeline (the default).") { urls };
        command.SetAction((parsed, stop) => DeskServer.RunAsync(settings, parsed.GetValue(urls), stop));
        return command;
    }
}
