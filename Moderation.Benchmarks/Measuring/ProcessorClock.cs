using System.Runtime.InteropServices;

namespace Moderation.Benchmarks.Measuring;

/// <summary>
/// Processor time. On a machine that others use too, it says what the work cost when the clock on the wall says how
/// long it was kept waiting.
/// </summary>
internal static class ProcessorClock
{
    private const int ThreadClock = 3;

    /// <summary>Seconds of the calling thread; of the whole process where a thread's own are not to be had.</summary>
    public static double Seconds =>
        OperatingSystem.IsLinux() && Read(ThreadClock, out var time) == 0
            ? time.Seconds + (time.Nanoseconds * 1e-9)
            : Environment.CpuUsage.TotalTime.TotalSeconds;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Read(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
