namespace Moderation.Data.Writing.Statements;

/// <summary>Numbers the comments that begin to wait.</summary>
/// <remarks>
/// It outlives the connections, unlike the other caches: the comment with the greatest number may have been decided, and
/// pages that were open then would take an older number for one that they have seen. A rollback only leaves a gap. After a
/// restart no page is open any more, and one more than the greatest that waits is enough.
/// </remarks>
internal sealed class QueueCounter
{
    private long? _last;

    public bool IsSet => _last is not null;

    public void Set(long greatest) => _last = greatest;

    public long Next()
    {
        var next = (_last ?? throw new InvalidOperationException("The counter is not set.")) + 1;
        _last = next;
        return next;
    }
}
