namespace Moderation.Tests.Support;

/// <summary>Holds a scoring worker up until a test lets it go on.</summary>
internal sealed class ScoringGate : IDisposable
{
    private readonly ManualResetEventSlim _open = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a worker stands before the gate.</summary>
    public Task Reached => _reached.Task;

    public void Open() => _open.Set();

    public void Pass()
    {
        _reached.TrySetResult();
        Assert.True(_open.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    public void Dispose() => _open.Dispose();
}
