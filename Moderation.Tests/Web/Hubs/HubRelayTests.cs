using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;

using Moderation.Pipeline.Live;
using Moderation.Tests.Support;
using Moderation.Web.Api;
using Moderation.Web.Hubs;

namespace Moderation.Tests.Web.Hubs;

public sealed class HubRelayTests
{
    [Fact]
    public async Task A_client_that_does_not_read_holds_nobody_up()
    {
        var clients = new StuckClients();
        using var relay = new HubRelay(new StuckHub(clients), TimeProvider.System, NullLogger<HubRelay>.Instance);
        await relay.StartAsync(TestContext.Current.CancellationToken);

        for (var i = 0; i < 20_000; i++)
        {
            var flagged = new FlaggedComment(i, "s", "e", "c", null, 0.9, 0.5, DateTimeOffset.UnixEpoch);
            Assert.True(relay.PublishAsync([flagged], TestContext.Current.CancellationToken).IsCompletedSuccessfully);
        }

        // The first message hangs for ever; the next is sent all the same.
        await Eventually.TrueAsync(() => clients.Sent >= 2, "the next message is sent");
        await relay.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class StuckHub(StuckClients clients) : IHubContext<ModerationHub, IModerationClient>, IHubClients<IModerationClient>
    {
        public IHubClients<IModerationClient> Clients => this;

        public IGroupManager Groups => throw new NotSupportedException();

        public IModerationClient All => clients;

        public IModerationClient AllExcept(IReadOnlyList<string> excludedConnectionIds) => clients;

        public IModerationClient Client(string connectionId) => clients;

        IModerationClient IHubClients<IModerationClient>.Clients(IReadOnlyList<string> connectionIds) => clients;

        public IModerationClient Group(string groupName) => clients;

        public IModerationClient GroupExcept(string groupName, IReadOnlyList<string> excludedConnectionIds) => clients;

        IModerationClient IHubClients<IModerationClient>.Groups(IReadOnlyList<string> groupNames) => clients;

        public IModerationClient User(string userId) => clients;

        public IModerationClient Users(IReadOnlyList<string> userIds) => clients;
    }

    private sealed class StuckClients : IModerationClient
    {
        private int _sent;

        public int Sent => Volatile.Read(ref _sent);

        public Task CommentFlagged(FlaggedComment comment)
        {
            Interlocked.Increment(ref _sent);
            return new TaskCompletionSource().Task;
        }

        public Task CommentDecided(CommentDecidedMessage decision) => Task.CompletedTask;

        public Task ThresholdChanged(ThresholdChangedMessage threshold) => Task.CompletedTask;

        public Task PipelineStats(StatsDocument stats) => Task.CompletedTask;
    }
}
