using System.Threading.Channels;

using Microsoft.Extensions.Logging;

using Moderation.Pipeline.Live;
using Moderation.Pipeline.Sources;

namespace Moderation.Pipeline.Flow.Supervision;

/// <summary>
/// Keeps one source going: reads it, tries again after an error, looks whether a finished one has grown, and does what
/// people ask for. An order interrupts whatever it is doing; it is carried out when nothing of the source is under way.
/// </summary>
internal sealed partial class SupervisedSource(
    ICommentSource source, SourceRunner runner, ISourceStore store, SourceMeter meter, ChangeFeed changes, TimeProvider time, ILogger logger)
{
    /// <summary>Most orders that wait; whoever gives one more waits too.</summary>
    private const int MostOrders = 8;

    /// <summary>How often a finished source is looked at.</summary>
    private static readonly TimeSpan _lookEvery = TimeSpan.FromSeconds(2);

    private readonly Channel<SourceOrder> _orders =
        Channel.CreateBounded<SourceOrder>(new BoundedChannelOptions(MostOrders) { SingleReader = true });

    private readonly Backoff _backoff = new();
    private bool _loaded;
    private bool _paused;
    private bool _flowClosed;

    /// <summary>Ends when <paramref name="action"/> is carried out.</summary>
    /// <exception cref="SourceException">The program is shutting down, or the source is being read by a command.</exception>
    /// <exception cref="StoreUnavailableException">It could not be kept; nothing was changed.</exception>
    public async Task OrderAsync(SourceAction action, CancellationToken cancellationToken)
    {
        var order = new SourceOrder(action);
        try
        {
            await _orders.Writer.WriteAsync(order, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw ShuttingDown();
        }

        await order.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Runs until <paramref name="stop"/> is signalled or the flow has closed.</summary>
    /// <param name="ready">Nothing is read before it ends.</param>
    public async Task RunAsync(Task ready, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested && !_flowClosed)
            {
                await TakeTurnAsync(ready, stop);
            }
        }
        finally
        {
            meter.SetState(_paused ? SourceState.Paused : SourceState.Stopped);
            _orders.Writer.TryComplete();
            while (_orders.Reader.TryRead(out var left))
            {
                left.Done.TrySetException(ShuttingDown());
            }
        }
    }

    /// <summary>Goes on until an order comes, and then carries out all that came.</summary>
    private async Task TakeTurnAsync(Task ready, CancellationToken stop)
    {
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var ordered = _orders.Reader.WaitToReadAsync(turn.Token).AsTask();
        var going = GoOnAsync(ready, turn.Token);
        await Task.WhenAny(ordered, going);
        await turn.CancelAsync();
        await going;
        await ((Task)ordered).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stop.IsCancellationRequested && _orders.Reader.TryRead(out var order))
        {
            await CarryOutAsync(order, stop);
            changes.Notify();
        }
    }

    /// <summary>Reads, waits or rests until the turn is over; throws nothing.</summary>
    private async Task GoOnAsync(Task ready, CancellationToken turn)
    {
        try
        {
            while (!_flowClosed)
            {
                await TryOnceAsync(ready, turn);
                changes.Notify();
            }
        }
        catch (OperationCanceledException) when (turn.IsCancellationRequested)
        {
            // Somebody wants something, or the program ends.
        }
    }

    private async Task TryOnceAsync(Task ready, CancellationToken turn)
    {
        try
        {
            await LoadAsync(turn);
            if (_paused)
            {
                meter.SetState(SourceState.Paused);
                changes.Notify();
                await Task.Delay(Timeout.InfiniteTimeSpan, time, turn);
            }

            await ready.WaitAsync(turn);

            // Taken before the reading: what is appended meanwhile makes another mark.
            var mark = (source as IGrowingSource)?.Look();
            var run = await runner.ReadAsync(source, OnCommitted, turn);
            turn.ThrowIfCancellationRequested();
            _flowClosed = !run.Finished;
            if (run.Finished)
            {
                await RestAsync(mark, turn);
            }
        }
        catch (Exception e) when (!turn.IsCancellationRequested && e is not OutOfMemoryException)
        {
            // The clock runs before anybody is told how long.
            var wait = _backoff.Next();
            var retryAt = time.GetUtcNow() + wait;
            var waiting = Task.Delay(wait, time, turn);
            if (meter.SetWaiting(e.Message, retryAt))
            {
                SourceFailed(logger, source.Name, e.Message, e is SourceException ? null : e);
            }

            changes.Notify();
            await waiting;
        }
        catch (Exception e) when (turn.IsCancellationRequested && e is not (OperationCanceledException or OutOfMemoryException))
        {
            // It broke while it was being interrupted; if it is still broken, the next turn says so.
            turn.ThrowIfCancellationRequested();
        }
    }

    private void OnCommitted(SourceRun sums) => _backoff.Reset();

    private async Task LoadAsync(CancellationToken turn)
    {
        if (!_loaded)
        {
            var record = await store.FindAsync(source.Name, turn);
            (_paused, _loaded) = (record.Paused, true);
            meter.Restore(record);
        }
    }

    /// <summary>The source has no more; ends when there is something new to be seen.</summary>
    private async Task RestAsync(string? mark, CancellationToken turn)
    {
        _backoff.Reset();
        meter.SetState(SourceState.Finished);
        changes.Notify();
        if (source is not IGrowingSource growing)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, turn);
            return;
        }

        string? now;
        do
        {
            await Task.Delay(_lookEvery, time, turn);
            now = growing.Look();
        }
        while (now is null || now == mark);
    }

    private async Task CarryOutAsync(SourceOrder order, CancellationToken stop)
    {
        try
        {
            if (order.Action == SourceAction.Rewind)
            {
                // Claimed: a command that reads the same source would bring the checkpoint back.
                using var claim = runner.Claim(source.Name);
                await store.RewindAsync(source.Name, stop);
                meter.Rewind();
            }
            else
            {
                var pause = order.Action == SourceAction.Pause;
                await store.SetPausedAsync(source.Name, pause, stop);
                (_paused, _loaded) = (pause, true);
                meter.SetState(pause ? SourceState.Paused : SourceState.Starting);
            }

            _backoff.Reset();
            order.Done.TrySetResult();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            order.Done.TrySetException(ShuttingDown());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            order.Done.TrySetException(e);
        }
    }

    private static SourceException ShuttingDown() => new("The program is shutting down. Ask again when it runs.");

    [LoggerMessage(EventId = 111, Level = LogLevel.Error, Message = "Source {Source} failed and is tried again: {Reason}")]
    private static partial void SourceFailed(ILogger logger, string source, string reason, Exception? exception);
}
