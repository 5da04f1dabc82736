using System.Collections.Concurrent;

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

using Moderation.Pipeline.Live;
using Moderation.Tests.Support;

namespace Moderation.Tests.Pipeline.Live;

public sealed class ChangeFeedTests
{
    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly ChangeFeed _feed;

    public ChangeFeedTests() => _feed = new ChangeFeed(_time, NullLogger<ChangeFeed>.Instance);

    [Fact]
    public async Task A_change_is_told_at_once()
    {
        var calls = 0;
        using var watching = _feed.Subscribe(() => Count(ref calls));

        _feed.Notify();

        await Waiting.UntilAsync(() => Volatile.Read(ref calls) == 1);
    }

    [Fact]
    public async Task However_many_changes_come_a_watcher_is_called_once_in_an_interval_and_once_behind_the_last()
    {
        var calls = new ConcurrentQueue<DateTimeOffset>();
        using var watching = _feed.Subscribe(() =>
        {
            calls.Enqueue(_time.GetUtcNow());
            return Task.CompletedTask;
        });
        for (var i = 0; i < 200; i++)
        {
            _feed.Notify();
            _time.Advance(_step);
            await Task.Yield();
        }

        _feed.Notify();
        var last = _time.GetUtcNow();
        await AdvanceUntilAsync(() => calls.Any(call => call >= last));

        Assert.All(calls.Zip(calls.Skip(1)), pair => Assert.True(pair.Second - pair.First >= ChangeFeed.Interval));
    }

    [Fact]
    public async Task A_slow_watcher_is_never_called_twice_at_once_and_misses_nothing()
    {
        int running = 0, most = 0, calls = 0;
        var gate = new SemaphoreSlim(0);
        using var watching = _feed.Subscribe(async () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Interlocked.Increment(ref calls);
            await gate.WaitAsync(TestContext.Current.CancellationToken);
            Interlocked.Decrement(ref running);
        });

        _feed.Notify();
        await Waiting.UntilAsync(() => Volatile.Read(ref calls) == 1);
        for (var i = 0; i < 50; i++)
        {
            _feed.Notify();
            _time.Advance(_step);
            await Task.Yield();
        }

        Assert.Equal(1, calls);
        gate.Release();
        await AdvanceUntilAsync(() => Volatile.Read(ref calls) == 2);
        gate.Release();
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Without_a_change_nobody_is_called_again()
    {
        var calls = 0;
        using var watching = _feed.Subscribe(() => Count(ref calls));
        _feed.Notify();
        await Waiting.UntilAsync(() => Volatile.Read(ref calls) == 1);

        var other = 0;
        using var later = _feed.Subscribe(() => Count(ref other));
        for (var i = 0; i < 100; i++)
        {
            _time.Advance(_step);
            await Task.Yield();
        }

        Assert.Equal((1, 0), (calls, other));
    }

    [Fact]
    public async Task A_disposed_watcher_is_silent_and_the_others_are_not()
    {
        int gone = 0, there = 0;
        var leaving = _feed.Subscribe(() => Count(ref gone));
        using var staying = _feed.Subscribe(() => Count(ref there));
        _feed.Notify();
        await Waiting.UntilAsync(() => Volatile.Read(ref gone) == 1 && Volatile.Read(ref there) == 1);

        _feed.Notify();
        leaving.Dispose();
        leaving.Dispose();
        await AdvanceUntilAsync(() => Volatile.Read(ref there) == 2);
        _feed.Notify();
        await AdvanceUntilAsync(() => Volatile.Read(ref there) == 3);

        Assert.Equal(1, gone);
    }

    [Fact]
    public async Task A_watcher_may_dispose_itself_while_it_is_called()
    {
        var calls = 0;
        var others = 0;
        var watching = new TaskCompletionSource<IDisposable>(TaskCreationOptions.RunContinuationsAsynchronously);
        watching.SetResult(_feed.Subscribe(async () =>
        {
            Interlocked.Increment(ref calls);
            (await watching.Task).Dispose();
        }));
        using var other = _feed.Subscribe(() => Count(ref others));

        _feed.Notify();
        await Waiting.UntilAsync(() => Volatile.Read(ref calls) == 1 && Volatile.Read(ref others) == 1);
        _feed.Notify();
        await AdvanceUntilAsync(() => Volatile.Read(ref others) == 2);

        Assert.Equal(1, calls);
    }

    public static TheoryData<string> Failures => ["now", "later", "cancelled", "gone"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_watcher_that_throws_is_not_dropped(string how)
    {
        var calls = 0;
        using var watching = _feed.Subscribe(async () =>
        {
            Interlocked.Increment(ref calls);
            if (how == "later")
            {
                await Task.Yield();
            }

            throw how switch
            {
                "cancelled" => new TaskCanceledException("timed out"),
                "gone" => new ObjectDisposedException("something of its own"),
                _ => new InvalidOperationException("watcher"),
            };
        });

        for (var expected = 1; expected <= 3; expected++)
        {
            _feed.Notify();
            await AdvanceUntilAsync(() => Volatile.Read(ref calls) >= expected);
        }
    }

    [Fact]
    public async Task Changes_from_many_threads_are_all_seen_in_the_end()
    {
        int value = 0, seen = 0;
        using var watching = _feed.Subscribe(() =>
        {
            Volatile.Write(ref seen, Volatile.Read(ref value));
            return Task.CompletedTask;
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () =>
            {
                for (var i = 0; i < 2000; i++)
                {
                    Interlocked.Increment(ref value);
                    _feed.Notify();
                    _time.Advance(TimeSpan.FromMilliseconds(1));
                }
            },
            TestContext.Current.CancellationToken))).Guarded();

        await AdvanceUntilAsync(() => Volatile.Read(ref seen) == 8000);
    }

    private static Task Count(ref int calls)
    {
        Interlocked.Increment(ref calls);
        return Task.CompletedTask;
    }

    private Task AdvanceUntilAsync(Func<bool> condition) => Waiting.UntilAsync(() =>
    {
        _time.Advance(_step);
        return condition();
    });
}
