using Spectre.Console;

namespace Moderation.Web.Commands;

/// <summary>Results go to standard output, everything else to standard error.</summary>
internal static class CommandConsole
{
    private static readonly IAnsiConsole _errors = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect,
    });

    /// <summary>Someone sits at a terminal and waits.</summary>
    public static bool IsWatched => !Console.IsErrorRedirected;

    /// <summary>Standard output for many lines. Unlike the console's own stream it says when nobody reads any more.</summary>
    /// <exception cref="IOException">Whoever read it went away.</exception>
    public static Stream OpenOutput() =>
        OperatingSystem.IsWindows()
            ? Console.OpenStandardOutput()
            : new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    public static void Result(string line) => Console.Out.WriteLine(line);

    public static void Note(string line) => Console.Error.WriteLine(line);

    public static void Error(string line) => Console.Error.WriteLine($"error: {line}");

    /// <summary>Shows a progress bar while the work runs, on a terminal; nothing elsewhere.</summary>
    public static Task<T> WithProgressAsync<T>(string title, Func<Action<string, double>, Task<T>> work)
    {
        if (!IsWatched)
        {
            return work(static (_, _) => { });
        }

        return _errors.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(title));
                return await work((stage, fraction) =>
                {
                    task.Description = Markup.Escape(stage);
                    task.Value = 100 * fraction;
                });
            });
    }
}
