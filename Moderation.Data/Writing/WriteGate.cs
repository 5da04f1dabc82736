namespace Moderation.Data.Writing;

/// <summary>Who goes first when several want to write.</summary>
public enum WritePriority
{
    /// <summary>A person waits for it.</summary>
    Person,

    /// <summary>Comments from the pipeline.</summary>
    Bulk,
}

/// <summary>
/// The one asynchronous gate that every write transaction of the process passes, so that SQLite never says "database
/// is locked" inside it. People go before bulk rows, though never more than <see cref="MostPeopleInARow"/> of them, so that
/// neither waits without end; within a priority it is first come, first served.
/// </summary>
internal sealed class WriteGate
{
    /// <summary>Then bulk rows that wait have their turn.</summary>
    public const int MostPeopleInARow = 16;

    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _people = new();
    private readonly LinkedList<TaskCompletionSource> _bulk = new();
    private bool _taken;
    private int _peopleInARow;

    /// <summary>Somebody waits; a bulk group should commit now and let them pass.</summary>
    public bool PersonWaiting
    {
        get
        {
            lock (_lock)
            {
                return _people.Count > 0;
            }
        }
    }

    /// <summary>Waits for its turn; the gate opens again when the result is disposed.</summary>
    public async ValueTask<Passage> EnterAsync(WritePriority priority, CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource> place;
        lock (_lock)
        {
            if (!_taken)
            {
                _taken = true;
                return new Passage(this);
            }

            var queue = priority == WritePriority.Person ? _people : _bulk;
            place = queue.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using var registration = cancellationToken.Register(() => GiveUp(place, cancellationToken));
        await place.Value.Task;
        return new Passage(this);
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> place, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Not in a list any more: its turn has just come, and it must take it.
            if (place.List is not { } queue)
            {
                return;
            }

            queue.Remove(place);
        }

        place.Value.TrySetCanceled(cancellationToken);
    }

    private void Leave()
    {
        TaskCompletionSource next;
        lock (_lock)
        {
            var person = _people.Count > 0 && (_bulk.Count == 0 || _peopleInARow < MostPeopleInARow);
            var queue = person ? _people : _bulk;
            _peopleInARow = person ? _peopleInARow + 1 : 0;
            if (queue.First is not { } first)
            {
                _taken = false;
                return;
            }

            queue.RemoveFirst();
            next = first.Value;
        }

        next.SetResult();
    }

    public readonly struct Passage(WriteGate gate) : IDisposable
    {
        public void Dispose() => gate.Leave();
    }
}
