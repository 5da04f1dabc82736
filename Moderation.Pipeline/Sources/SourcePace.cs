namespace Moderation.Pipeline.Sources;

/// <summary>Keeps one run of a source to its rate.</summary>
/// <param name="rate">Comments a second; null for as fast as they are taken.</param>
internal sealed class SourcePace(double? rate, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private long _given;

    /// <summary>How many comments a batch may have so that it need not be gathered for longer than <paramref name="delay"/>.</summary>
    public int BatchSize(int most, TimeSpan delay) => rate is { } known ? Math.Clamp((int)(known * delay.TotalSeconds), 1, most) : most;

    /// <summary>Waits until a batch is due.</summary>
    /// <param name="count">How much it holds.</param>
    public async ValueTask WaitAsync(int count, CancellationToken cancellationToken)
    {
        if (rate is { } known)
        {
            var ahead = TimeSpan.FromSeconds(_given / known) - time.GetElapsedTime(_started);
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead, time, cancellationToken);
            }

            _given += count;
        }
    }
}
