namespace Moderation.Tests.Faults;

/// <summary>A clock on the wall that somebody sets. What measures spans goes on steadily, as a machine's does.</summary>
internal sealed class JumpingClock(DateTimeOffset now) : TimeProvider
{
    private long _now = now.UtcTicks;

    public void Jump(TimeSpan by) => Interlocked.Add(ref _now, by.Ticks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);
}
