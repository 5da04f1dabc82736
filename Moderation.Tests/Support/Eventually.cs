using System.Diagnostics;

namespace Moderation.Tests.Support;

/// <summary>Waits for what a test needs, never for a time.</summary>
public static class Eventually
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    /// <summary>Asks until the answer is true, and fails when it does not become so.</summary>
    public static Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? longest = null) => NotNullAsync(
        async () => await condition() ? (bool?)true : null, what, longest);

    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? longest = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, longest);

    /// <summary>Asks until there is an answer.</summary>
    public static async Task<T> NotNullAsync<T>(Func<Task<T?>> ask, string what, TimeSpan? longest = null)
        where T : struct
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            Assert.True(clock.Elapsed < (longest ?? _longest), $"Waited in vain: {what}");
            await Task.Delay(_interval, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
