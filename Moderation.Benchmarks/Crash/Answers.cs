namespace Moderation.Benchmarks.Crash;

/// <summary>Tells of answers by which the desk promised that something is kept: a kill right behind one puts the promise to the test.</summary>
internal sealed class Answers
{
    private TaskCompletionSource _next = New();

    public void Heard() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    /// <summary>Ends with the next answer.</summary>
    public Task NextAsync() => Volatile.Read(ref _next).Task;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
