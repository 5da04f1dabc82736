using System.Collections.Immutable;

namespace Moderation.Pipeline.Live;

/// <summary>
/// Tells whoever watches that something was committed. A signal carries no data: each watcher asks again for what it
/// shows, at most once in <see cref="Interval"/>, and never twice at the same time.
/// </summary>
public sealed partial class ChangeFeed(TimeProvider time, Microsoft.Extensions.Logging.ILogger<ChangeFeed> logger)
{
    private ImmutableArray<Subscription> _subscriptions = [];

    /// <summary>Shortest time between two calls of one watcher.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Watches until the returned object is disposed.</summary>
    public IDisposable Subscribe(Func<Task> onChange)
    {
        ArgumentNullException.ThrowIfNull(onChange);
        var subscription = new Subscription(this, onChange);
        ImmutableInterlocked.Update(ref _subscriptions, list => list.Add(subscription));
        return subscription;
    }

    /// <summary>Called behind each commit.</summary>
    public void Notify()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Notify();
        }
    }

    [Microsoft.Extensions.Logging.LoggerMessage(EventId = 150, Level = Microsoft.Extensions.Logging.LogLevel.Error,
        Message = "A watcher of the live feed failed")]
    private static partial void WatcherFailed(Microsoft.Extensions.Logging.ILogger logger, Exception exception);

    private sealed class Subscription(ChangeFeed feed, Func<Task> onChange) : IDisposable
    {
        private const int Idle = 0;
        private const int Running = 1;
        private const int RunningAndStale = 2;
        private const int Disposed = 3;

        private readonly CancellationTokenSource _stop = new();
        private int _state = Idle;

        public void Notify()
        {
            while (true)
            {
                var seen = Volatile.Read(ref _state);
                if (seen is RunningAndStale or Disposed)
                {
                    return;
                }

                var next = seen == Idle ? Running : RunningAndStale;
                if (Interlocked.CompareExchange(ref _state, next, seen) == seen)
                {
                    if (seen == Idle)
                    {
                        _ = Task.Run(RunAsync);
                    }

                    return;
                }
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _state, Disposed) != Disposed)
            {
                ImmutableInterlocked.Update(ref feed._subscriptions, list => list.Remove(this));
                _stop.Cancel();
                _stop.Dispose();
            }
        }

        /// <summary>Calls, waits out the interval, and calls again if anything happened meanwhile: no change is missed.</summary>
        private async Task RunAsync()
        {
            try
            {
                var stop = _stop.Token;
                do
                {
                    Interlocked.CompareExchange(ref _state, Running, RunningAndStale);
                    await CallAsync();
                    await Task.Delay(Interval, feed.Time, stop);
                }
                while (Interlocked.CompareExchange(ref _state, Idle, Running) == RunningAndStale);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                // Disposed while waiting.
            }
        }

        private async Task CallAsync()
        {
            try
            {
                await onChange();
            }
            catch (OperationCanceledException) when (Volatile.Read(ref _state) == Disposed)
            {
                // It was called off because its page went away.
            }
            catch (ObjectDisposedException)
            {
                // The services of its page are gone already, and the page is about to go.
            }
            catch (Exception e)
            {
                // A time-out comes as a cancellation too; whoever had one is told of the next change all the same.
                WatcherFailed(feed.Logger, e);
            }
        }
    }

    private TimeProvider Time => time;

    private Microsoft.Extensions.Logging.ILogger Logger => logger;
}
