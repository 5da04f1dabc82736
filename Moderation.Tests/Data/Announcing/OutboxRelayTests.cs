using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

using Moderation.Data.Announcing;
using Moderation.Pipeline.Flow;
using Moderation.Pipeline.Live;
using Moderation.Tests.Support;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Announcing;

public sealed class OutboxRelayTests
{
    [Fact]
    public async Task What_begins_to_wait_is_announced_behind_its_commit_in_its_order_and_nothing_else()
    {
        var sink = new RecordingAlertSink();
        await using var desk = await DeskAsync(null, sink);
        await using var relay = await Running.StartAsync(desk);

        await desk.StoreAsync(Now(Scored("a", author: "ann"), Scored("fine", probability: Under), Scored("b"), Withdrawn("b")));
        await desk.StoreAsync(Now(Scored("a", author: "ann")));
        desk.Get<ChangeFeed>().Notify();
        await Waiting.UntilAsync(() => sink.Told.Count == 2);

        Assert.Equal(["a", "b"], sink.Told.Select(comment => comment.ExternalId));
        Assert.Equal((Forum, "ann", "games", Over, Limit), sink.Told.Select(told => (told.Source, told.Author!, told.Community, told.Probability, told.Threshold)).First());
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("cancelled")]
    [InlineData("timeout")]
    public async Task A_sink_that_fails_harms_nothing(string kind)
    {
        var failing = new RecordingAlertSink(() => kind switch
        {
            "plain" => new InvalidOperationException("sink"),
            "cancelled" => new OperationCanceledException("sink"),
            _ => new TaskCanceledException("timed out", new TimeoutException()),
        });
        var other = new RecordingAlertSink();
        await using var desk = await DeskAsync(null, failing, other);
        await using var relay = await Running.StartAsync(desk);

        foreach (var id in new[] { "a", "b" })
        {
            await desk.StoreAsync(Now(Scored(id)));
            desk.Get<ChangeFeed>().Notify();
            await Waiting.UntilAsync(() => other.Told.Any(comment => comment.ExternalId == id));
        }

        Assert.Equal(["a", "b"], other.Told.Select(comment => comment.ExternalId));
    }

    [Fact]
    public async Task After_a_crash_the_rest_is_announced_and_after_an_orderly_pause_nothing_twice()
    {
        using var folder = new TemporaryFolder();
        var sink = new RecordingAlertSink();
        var time = new FakeTimeProvider(Noon);
        await using (var desk = await DeskAsync(folder.Path, time, sink))
        {
            // Committed, and the process died before anybody was told.
            await desk.StoreAsync(Scored("a"));
        }

        await using (var desk = await DeskAsync(folder.Path, time, sink))
        await using (await Running.StartAsync(desk))
        {
            await Waiting.UntilAsync(() => sink.Told.Count == 1);
            await Waiting.UntilAsync(() =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return desk.Look(context => context.OutboxReaders.Any());
            });
        }

        await using (var desk = await DeskAsync(folder.Path, time, sink))
        await using (await Running.StartAsync(desk))
        {
            await desk.StoreAsync(Scored("b"));
            desk.Get<ChangeFeed>().Notify();
            await Waiting.UntilAsync(() => sink.Told.Count >= 2);
        }

        Assert.Equal(["a", "b"], sink.Told.Select(comment => comment.ExternalId));
    }

    [Fact]
    public async Task What_is_more_than_an_hour_old_at_the_start_is_passed_over()
    {
        var sink = new RecordingAlertSink();
        var time = new FakeTimeProvider(Noon + OutboxRelay.Newest + TimeSpan.FromSeconds(1));
        await using var desk = await DeskAsync(null, time, sink);
        await desk.StoreAsync(Scored("old"));
        await desk.StoreAsync(Batch([Scored("new")]) with { ReceivedAt = time.GetUtcNow() });

        await using var relay = await Running.StartAsync(desk);
        await Waiting.UntilAsync(() => sink.Told.Count >= 1);

        Assert.Equal(["new"], sink.Told.Select(comment => comment.ExternalId));
    }

    /// <summary>Received just now, for relays that go by the machine's clock.</summary>
    private static ScoredBatch Now(params ScoredComment[] comments) => Batch(comments) with { ReceivedAt = TimeProvider.System.GetUtcNow() };

    private static Task<TestDesk> DeskAsync(string? folder, params RecordingAlertSink[] sinks) => DeskAsync(folder, null, sinks);

    private static Task<TestDesk> DeskAsync(string? folder, TimeProvider? time, params RecordingAlertSink[] sinks) => TestDesk.CreateAsync(
        folder,
        time,
        services =>
        {
            foreach (var sink in sinks)
            {
                services.AddSingleton<IAlertSink>(sink);
            }
        });

    private sealed class Running(IHostedService relay) : IAsyncDisposable
    {
        public static async Task<Running> StartAsync(TestDesk desk)
        {
            var relay = ActivatorUtilities.CreateInstance<OutboxRelay>(desk.Get<IServiceProvider>());
            await relay.StartAsync(Stop);
            return new Running(relay);
        }

        public async ValueTask DisposeAsync() => await relay.StopAsync(CancellationToken.None);
    }
}
