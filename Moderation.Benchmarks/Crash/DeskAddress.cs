namespace Moderation.Benchmarks.Crash;

/// <summary>Where the program listens at present; callers wait here while it is down.</summary>
internal sealed class DeskAddress
{
    private volatile TaskCompletionSource<Uri> _current = New();

    public Task<Uri> WaitAsync(CancellationToken stop) => _current.Task.WaitAsync(stop);

    public void Set(Uri address) => _current.TrySetResult(address);

    public void Clear()
    {
        if (_current.Task.IsCompleted)
        {
            _current = New();
        }
    }

    private static TaskCompletionSource<Uri> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
