using System.Diagnostics;

namespace Moderation.Benchmarks.Measuring;

/// <summary>What one round of work took.</summary>
/// <param name="Units">Texts, say.</param>
/// <param name="Wall">Seconds by the clock on the wall.</param>
/// <param name="Processor">Seconds that the threads which did it spent on a processor.</param>
internal readonly record struct Lap(double Units, double Wall, double Processor)
{
    public double Rate => Units / Processor;

    public double WallRate => Units / Wall;

    /// <summary>Repeats a pass until the time is up.</summary>
    /// <param name="pass">Work on the calling thread alone.</param>
    public static Lap Of(Action pass, double unitsOfAPass, TimeSpan atLeast)
    {
        var units = 0.0;
        var processor = ProcessorClock.Seconds;
        var wall = Stopwatch.StartNew();
        do
        {
            pass();
            units += unitsOfAPass;
        }
        while (wall.Elapsed < atLeast);
        return new Lap(units, wall.Elapsed.TotalSeconds, ProcessorClock.Seconds - processor);
    }
}
