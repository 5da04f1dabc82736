using Microsoft.Extensions.Time.Testing;

namespace Moderation.Tests.Support;

/// <summary>Waits for what must happen; a guard turns a test that would hang into one that fails.</summary>
internal static class Waiting
{
    private static readonly TimeSpan _guard = TimeSpan.FromSeconds(30);

    /// <summary>The task's own end, or a <see cref="TimeoutException"/> instead of a hanging test.</summary>
    public static Task Guarded(this Task task) => task.WaitAsync(_guard, TestContext.Current.CancellationToken);

    public static Task<T> Guarded<T>(this Task<T> task) => task.WaitAsync(_guard, TestContext.Current.CancellationToken);

    /// <summary>Lets other work go on until the condition holds.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var guard = new CancellationTokenSource(_guard);
        while (!condition())
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Moves the clock on, step by step, until the task has ended.</summary>
    public static async Task<T> AdvanceUntilDoneAsync<T>(this FakeTimeProvider time, Task<T> task, TimeSpan step)
    {
        using var guard = new CancellationTokenSource(_guard);
        while (!task.IsCompleted)
        {
            guard.Token.ThrowIfCancellationRequested();
            time.Advance(step);
            await Task.Yield();
        }

        return await task;
    }
}
