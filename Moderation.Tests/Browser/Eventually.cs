namespace Moderation.Tests.Browser;

/// <summary>Waits for what must come true, up to a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _usual = TimeSpan.FromSeconds(20);

    /// <param name="what">Completes the sentence "It did not come true that …".</param>
    public static async Task TrueAsync(Func<CancellationToken, Task<bool>> condition, string what, TimeSpan? longest = null)
    {
        using var deadline = new CancellationTokenSource(longest ?? _usual);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, TestContext.Current.CancellationToken);
        try
        {
            while (!await condition(either.Token))
            {
                await Task.Delay(_pause, TimeProvider.System, either.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            Assert.Fail($"It did not come true that {what}.");
        }
    }
}
