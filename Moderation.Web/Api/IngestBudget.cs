namespace Moderation.Web.Api;

/// <summary>
/// How many bytes of request bodies may be under way at once. Places in the pipeline count batches; this keeps many large
/// requests that wait for one from filling the memory.
/// </summary>
internal sealed class IngestBudget
{
    /// <summary>Enough for one largest body and many usual ones.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    private long _taken;

    /// <summary>Takes room for a body; null when there is none. The room is free again when the result is disposed.</summary>
    /// <param name="bytes">The body's length; null when the caller did not say, which counts as the largest.</param>
    /// <param name="largest">Largest body that is read, in bytes.</param>
    public IDisposable? TryTake(long? bytes, long largest)
    {
        var size = Math.Min(bytes ?? largest, largest);
        if (Interlocked.Add(ref _taken, size) <= MostBytes)
        {
            return new Share(this, size);
        }

        Interlocked.Add(ref _taken, -size);
        return null;
    }

    private sealed class Share(IngestBudget budget, long size) : IDisposable
    {
        private long _size = size;

        public void Dispose() => Interlocked.Add(ref budget._taken, -Interlocked.Exchange(ref _size, 0));
    }
}
