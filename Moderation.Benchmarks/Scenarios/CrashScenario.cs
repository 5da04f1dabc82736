using Moderation.Benchmarks.Crash;
using Moderation.Benchmarks.Measuring;

namespace Moderation.Benchmarks.Scenarios;

/// <summary>Kills the program again and again, and looks whether anything is missing or there twice.</summary>
internal sealed class CrashScenario : IScenario
{
    public string Name => "crash";

    public string Description => "kills the program (--kills N) while it is fed, and counts what is missing or there twice (only when named)";

    public bool OnlyWhenNamed => true;

    public IEnumerable<BenchResult> Run(BenchSession session, CancellationToken stop)
    {
        CrashReport report;
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(session.Folder, Name)).FullName;
            report = CrashTest.RunAsync(session.Program, folder, session.Options.Crash, session.Progress, stop).GetAwaiter().GetResult();
        }
        catch (CrashException e)
        {
            throw new BenchException(e.Message);
        }

        yield return new BenchResult
        {
            Name = Name, Value = report.Kills, Unit = "kills", Target = "nothing missing, nothing twice", Note = report.ToString(),
        };
    }
}
